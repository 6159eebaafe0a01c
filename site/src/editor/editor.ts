/** The editor: CodeMirror with what a short program needs. Fetched after the text can be read. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  bracketMatching,
  continuedIndent,
  delimitedIndent,
  indentNodeProp,
  indentOnInput,
  indentUnit,
  LRLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import type { DecorationSet } from "@codemirror/view";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { parser } from "@lezer/javascript";

/** TypeScript, by the parser that finds imports too; the ready-made language brings completion, which is not used. */
const typescript = LRLanguage.define({
  name: "typescript",
  parser: parser.configure({
    dialect: "ts",
    props: [
      indentNodeProp.add({
        IfStatement: continuedIndent({ except: /^\s*(\{|else\b)/ }),
        Block: delimitedIndent({ closing: "}" }),
        ArrowFunction: (context) => context.baseIndent + context.unit,
        "Statement Property": continuedIndent({ except: /^\s*\{/ }),
      }),
    ],
  }),
  languageData: {
    closeBrackets: { brackets: ["(", "[", "{", "'", '"', "`"] },
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    indentOnInput: /^\s*(?:case |default:|\{|\})$/,
  },
});

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

const setMark = StateEffect.define<Mark | undefined>();

/** The one line that is underlined. */
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects }) {
    let next = marks.map(changes);
    for (const effect of effects) {
      if (!effect.is(setMark)) continue;
      const { value } = effect;
      next =
        value === undefined || value.from === value.to
          ? Decoration.none
          : Decoration.set(
              Decoration.mark({ class: "error-line", attributes: { title: value.message } }).range(
                value.from,
                value.to,
              ),
            );
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  onChange(text: string): void;
  onRun(): void;
  onCheck(): void;
  /** What is known of a name since the last run. */
  hover(name: string): string | undefined;
}

export interface Editor {
  text(): string;
  setText(text: string): void;
  /** Underlines line `line`, from 1. */
  mark(line: number, message: string): void;
  clearMarks(): void;
  goTo(line: number): void;
  focus(): void;
}

export function createEditor({ parent, text, label, onChange, onRun, onCheck, hover }: EditorOptions): Editor {
  const does = (action: () => void) => (): boolean => {
    action();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: "Mod-Enter", run: does(onRun) },
          { key: "Mod-Shift-Enter", run: does(onCheck) },
        ]),
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("  "),
        bracketMatching(),
        typescript,
        syntaxHighlighting(classHighlighter),
        marked,
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          "aria-label": label,
          spellcheck: "false",
          autocorrect: "off",
          autocapitalize: "off",
        }),
        EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
        hoverTooltip((view, at) => {
          const word = view.state.wordAt(at);
          const told = word && hover(view.state.sliceDoc(word.from, word.to));
          if (!told) return null;
          const dom = document.createElement("div");
          dom.className = "hover-type";
          dom.textContent = told;
          return { pos: word.from, end: word.to, above: true, create: () => ({ dom }) };
        }),
      ],
    }),
  });
  view.scrollDOM.tabIndex = 0;
  view.scrollDOM.setAttribute("role", "group");
  view.scrollDOM.setAttribute("aria-label", "Code, scrollable");
  return {
    text: () => view.state.doc.toString(),
    setText(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    mark(line, message) {
      const { from, to, text } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      view.dispatch({ effects: setMark.of({ from: from + text.length - text.trimStart().length, to, message }) });
    },
    clearMarks: () => view.dispatch({ effects: setMark.of(undefined) }),
    goTo(line) {
      const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
  };
}
