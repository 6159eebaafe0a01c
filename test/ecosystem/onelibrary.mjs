/** What `import` and `require` give is one library. */
import assert from "node:assert";
import { createRequire } from "node:module";
import * as imported from "flaxen";
import * as numpy from "flaxen/numpy";
import * as nnx from "flaxen/nnx";
import * as weights from "flaxen/weights";

const require = createRequire(import.meta.url);
const required = require("flaxen");
for (const name of Object.keys(imported)) assert.strictEqual(required[name], imported[name], name);
assert.deepStrictEqual(Object.keys(required).sort(), Object.keys(imported).sort());
for (const [door, space] of Object.entries({ numpy, nnx, weights })) {
  assert.deepStrictEqual(Object.keys(require(`flaxen/${door}`)).sort(), Object.keys(space).sort());
  for (const name of Object.keys(space)) assert.strictEqual(require(`flaxen/${door}`)[name], space[name], name);
}

const model = new required.nnx.Linear(2, 2, { rngs: new imported.nnx.Rngs(0) });
assert(model instanceof nnx.Linear);
assert.strictEqual(nnx.state(model, required.nnx.Param).size, 2);
const grads = imported.nnx.grad((m) => required.numpy.sum(m(numpy.ones([2]))))(model);
assert.deepStrictEqual(grads.get("bias").get().tolist(), [1, 1]);
required.config.profile = "nofma";
assert.strictEqual(imported.config.profile, "nofma");
assert.throws(() => require("flaxen/nothing"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
