/** Elements without a framework. */

type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>;

/** An element; `on...` attributes are listeners, true is an empty attribute, false and undefined are none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
}

export const find = <T extends HTMLElement = HTMLElement>(selector: string): T | null =>
  document.querySelector<T>(selector);

/** The address of a file of the site, from the root that the page names. */
export const siteUrl = (path: string): string =>
  new URL(document.documentElement.dataset["root"] + path, location.href).href;

/** Names of files with hashes, written into the page at build time. */
export const asset = (name: string): string => {
  const names = JSON.parse(byId("assets").textContent || "{}") as Record<string, string>;
  const path = names[name];
  if (path === undefined) throw new Error(`the page names no asset ${name}`);
  return siteUrl(path);
};
