/** Files of weights and modules: loading by name, saving a model. */
export type { Layout, Transform } from "./layout.ts";
export { loadInto } from "./loadinto.ts";
export type { LoadOptions, LoadReport } from "./options.ts";
export { add, join, split, stack, tied } from "./rules.ts";
export type {
  JoinOptions,
  NameFunction,
  NameMap,
  Rule,
  RuleTarget,
  SplitOptions,
  StackOptions,
  Target as RuleParts,
} from "./rules.ts";
export { save, saveParts, saveTo } from "./save.ts";
export type { ModelOptions, Savable, SaveModelOptions, SaveModelToOptions, ShardModelOptions } from "./save.ts";
export { torch } from "./torch.ts";
export type { TorchOptions } from "./torch.ts";
