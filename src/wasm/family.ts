import type { Instance } from "./instance.ts";
import type { WasmKernels } from "./kernels.ts";
import { decodeSound } from "./loader.ts";
import type { Payload } from "./payload.ts";
import { twins } from "./products/use.ts";
import type { LinkBeside } from "./sidemodule.ts";
import { SideModule } from "./sidemodule.ts";

/**
 * Works as the kernel `name`: `work` gets an instance of the kernels and what the family's module exports on its
 * memory. Traps and threads are those of `WasmKernels.run`.
 */
export type RunFamily<Exports> = (
  name: string,
  terms: number,
  work: (instance: Instance, exports: Exports) => void,
) => void;

/**
 * What runs a family of kernels that have a module of their own beside `kernels`. The module is compiled and linked
 * now, its twin with fused products at the first call for it.
 *
 * @throws EnvError `BackendUnavailable` if its bytes are damaged, or this host does not compile or instantiate them
 */
export function openFamily<Exports extends object>(
  kernels: WasmKernels,
  payload: Payload,
  link?: LinkBeside,
): RunFamily<Exports> {
  const side = new SideModule<Exports>(() => decodeSound(payload), link);
  let twin: SideModule<Exports> | undefined;
  const exportsFor = (instance: Instance): Exports => {
    if (!instance.fusesProducts) return side.of(instance);
    twin ??= twins.use?.beside<Exports>(payload, link) ?? side;
    return twin.of(instance);
  };
  kernels.run("link", 0, (instance) => void side.of(instance));
  return (name, terms, work) => kernels.run(name, terms, (instance) => work(instance, exportsFor(instance)));
}
