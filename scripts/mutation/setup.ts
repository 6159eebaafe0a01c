/** Runs before each test file: `$mutant(id)` says whether a mutant is awake, one for the whole process. */
const active = Number(process.env.FLAXEN_MUTANT ?? -1);
(globalThis as { $mutant?: (id: number) => boolean }).$mutant = (id) => id === active;
