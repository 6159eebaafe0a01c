/** The playground's own: a menu of examples. */

export function fillPlayground(open: (text: string) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-example]")) {
    button.addEventListener("click", () => {
      const text = document.getElementById(`example-${button.dataset["example"]}`)?.textContent;
      const menu = button.closest("details")!;
      menu.querySelector("summary")!.focus();
      menu.open = false;
      if (text) open(text);
    });
  }
}
