/** Markdown to HTML at build time: code in the editor's colours, folded blocks, anchors. */
import { parser as javascript } from "@lezer/javascript";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser as python } from "@lezer/python";
import MarkdownIt from "markdown-it";

export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const PARSERS: Readonly<Record<string, { parse(code: string): Parameters<typeof highlightCode>[1] }>> = {
  ts: javascript.configure({ dialect: "ts" }),
  js: javascript,
  python,
};

/** Code as spans of classes. */
export function highlight(code: string, language: string): string {
  const parser = PARSERS[language];
  if (parser === undefined) return escapeHtml(code);
  let html = "";
  highlightCode(
    code,
    parser.parse(code),
    classHighlighter,
    (text, classes) => (html += classes ? `<span class="${classes}">${escapeHtml(text)}</span>` : escapeHtml(text)),
    () => (html += "\n"),
  );
  return html;
}

export interface RenderOptions {
  /** What a link becomes: undefined leaves its text alone. */
  readonly link?: (href: string) => string | undefined;
  /** What stands below a block of code. */
  readonly below?: (code: string, language: string) => string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly id: string;
}

export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

/** The HTML of a document and its headings. */
export function render(source: string, options: RenderOptions = {}): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const md = new MarkdownIt({ html: false, linkify: false });
  const rules = md.renderer.rules;
  const self = (tokens: Parameters<typeof md.renderer.renderToken>[0], at: number): string =>
    md.renderer.renderToken(tokens, at, md.options);
  let block = 0;
  rules.fence = (tokens, at) => {
    const { info, content } = tokens[at]!;
    const [language = "", ...words] = info.trim().split(/\s+/);
    const code = content.replace(/\n$/, "");
    const id = words.includes("run") ? ' id="worked"' : "";
    const label = `Code ${++block}`;
    const pre = `<pre tabindex="0" role="region" aria-label="${label}"><code${id}>${highlight(code, language)}</code></pre>`;
    const run = words.includes("run") ? '<button type="button" id="run-worked">Run this</button>' : "";
    return `<div class="code-block">${pre}${run}${options.below?.(code, language) ?? ""}</div>`;
  };
  rules.code_block = rules.fence;
  rules.heading_open = (tokens, at) => {
    const text = (tokens[at + 1]!.children ?? []).map(({ content }) => content).join("");
    const level = Number(tokens[at]!.tag.slice(1));
    let id = slugOf(text);
    for (let n = 1; headings.some((heading) => heading.id === id); n++) id = `${slugOf(text)}-${n}`;
    headings.push({ level, text, id });
    return `<h${level} id="${escapeHtml(id)}">`;
  };
  let table = 0;
  rules.table_open = () => `<div class="scroll" tabindex="0" role="region" aria-label="Table ${++table}"><table>`;
  // A corner without a word has one for those who hear the table.
  rules.th_open = (tokens, at) =>
    tokens[at + 1]!.content === "" ? '<th><span class="unseen">what</span>' : self(tokens, at);
  rules.table_close = () => "</table></div>";
  const open: boolean[] = [];
  rules.link_open = (tokens, at) => {
    const href = String(tokens[at]!.attrGet("href"));
    const to = options.link ? options.link(href) : href;
    open.push(to !== undefined);
    return to === undefined ? "" : `<a href="${escapeHtml(to)}">`;
  };
  rules.link_close = () => (open.pop() ? "</a>" : "");
  // HTML is shown as text; comments are for people who edit the file.
  return { html: md.render(source.replaceAll(/^<!--.*-->$/gm, "")), headings };
}
