/** `npm test -- FILE` names the files that are to run. */
const { SPECS } = process.env;

export default {
  entries: SPECS ? SPECS.split(",") : ["test/kernels/**/*.spec.ts"],
  include: [],
  disclude: [/node_modules/],
  async instantiate(memory, createImports, instantiate, binary) {
    return instantiate(binary, createImports({ env: { memory } }));
  },
  outputBinary: false,
};
