/** Read, Code, Result: tabs on a phone, panes beside each other on a wide window. */

export interface Tabs {
  show(name: string): void;
  /** Whether one pane is seen at a time. */
  readonly isSingle: boolean;
  whenShown(name: string, action: () => void): void;
  whenWide(action: () => void): void;
}

export function makeTabs(main: HTMLElement): Tabs {
  const list = main.querySelector<HTMLElement>(".tabs")!;
  const tabs = [...list.querySelectorAll<HTMLButtonElement>("button")];
  const wide = matchMedia("(min-width: 860px)");
  const waiting = new Map<string, () => void>();
  const nameOf = (tab: HTMLElement): string => tab.dataset["pane"]!;
  const paneOf = (tab: HTMLElement): HTMLElement => document.getElementById(`pane-${nameOf(tab)}`)!;
  let current = nameOf(tabs[0]!);

  const layOut = (): void => {
    list.hidden = wide.matches;
    for (const tab of tabs) {
      const selected = nameOf(tab) === current;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const pane = paneOf(tab);
      pane.toggleAttribute("data-shown", selected);
      // Beside each other the panes are regions, one at a time they are what the tabs open.
      pane.setAttribute("role", wide.matches ? "region" : "tabpanel");
    }
  };
  const show = (name: string): void => {
    if (!tabs.some((tab) => nameOf(tab) === name)) return;
    current = name;
    layOut();
    waiting.get(name)?.();
    waiting.delete(name);
  };
  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener("click", () => show(nameOf(tab)));
    tab.addEventListener("keydown", ({ key }) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: tabs.length - 1 }[key];
      if (to === undefined) return;
      const next = tabs[(to + tabs.length) % tabs.length]!;
      show(nameOf(next));
      next.focus();
    });
  }
  wide.addEventListener("change", layOut);
  layOut();
  return {
    show,
    get isSingle() {
      return !wide.matches;
    },
    whenShown(name, action) {
      if (current === name) action();
      else waiting.set(name, action);
    },
    whenWide(action) {
      wide.addEventListener("change", () => wide.matches && action());
    },
  };
}
