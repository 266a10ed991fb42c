// The editor of a policy: the text with completion of fact names, the form beside it, findings as
// one types. Without this script the page is a form with two buttons.
import {
  autocompletion,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

interface Fact {
  name: string;
  label: string;
  unit: string;
  type: string;
  note: string;
  codes: string[];
}
interface Mark {
  line: number;
  severity: "error" | "warning";
  text: string;
}
interface Checked {
  text: string;
  form: string | null;
  findings: string;
  marks: Mark[];
  caseMarks: Mark[];
}

const CHECK_AFTER = 500; // milliseconds without a key
const COUNT_AFTER = 1500;
const WORD = /[A-Za-z_][\w]*$|[一-鿿]+$/;
const LANGUAGE = ["AND", "OR", "NOT", "BETWEEN", "IN", "CASE", "WHEN", "THEN", "ELSE", "END"];
const FUNCTIONS = ["smaller", "larger", "NULLIF"];

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--link)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: tags.comment, color: "var(--ink-3)" },
  { tag: [tags.punctuation, tags.separator], color: "var(--ink-3)" },
]);

const look = EditorView.theme({
  "&": {
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    fontSize: "var(--text-small)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius-small)",
  },
  "&.cm-focused": { outline: "2px solid var(--link)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", maxHeight: "70vh", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--raised)",
    color: "var(--ink-3)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--link)",
    color: "var(--card)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85" },
});

/** Names that the text itself defines under `parameters:` and `let:`, with their labels. */
function ownNames(text: string): Completion[] {
  const found: Completion[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    const top = /^([a-z]+):/.exec(line);
    if (top) section = top[1] ?? "";
    const name = /^ {2}([A-Za-z_]\w*):/.exec(line)?.[1];
    if (name && (section === "parameters" || section === "let")) {
      found.push({ label: name, type: "constant", boost: 2 });
    }
  }
  return found;
}

function factOption(fact: Fact): Completion {
  const unit = fact.unit && fact.unit !== "1" ? ` · ${fact.unit}` : "";
  return {
    label: fact.name,
    detail: `${fact.label}${unit}`,
    type: "variable",
    info: [fact.note, ...fact.codes.slice(0, 12)].filter(Boolean).join("\n") || undefined,
  };
}

/** Completion by the name or by the words of the label. */
function completer(facts: Fact[]) {
  const known = facts.map(factOption);
  const words: Completion[] = [
    ...LANGUAGE.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map((label) => ({ label, type: "function" })),
  ];
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(WORD);
    if (!word && !context.explicit) return null;
    const typed = (word?.text ?? "").toLowerCase();
    const options = [...ownNames(context.state.doc.toString()), ...known, ...words].filter(
      (one) =>
        one.label.toLowerCase().includes(typed) || (one.detail ?? "").toLowerCase().includes(typed),
    );
    return { from: word?.from ?? context.pos, options: options.slice(0, 60), filter: false };
  };
}

function diagnostics(state: EditorState, marks: Mark[]): Diagnostic[] {
  return marks.map((mark) => {
    const line = state.doc.line(Math.min(Math.max(mark.line, 1), state.doc.lines));
    return { from: line.from, to: line.to, severity: mark.severity, message: mark.text };
  });
}

/** A text area turned into an editor; the area stays what is submitted. */
function upgrade(area: HTMLTextAreaElement, facts: Fact[], changed: () => void): EditorView {
  const host = document.createElement("div");
  host.className = "draft-code";
  area.after(host);
  // In a shadow tree the editor's styles are constructed sheets: the page allows no inline ones.
  const root = host.attachShadow({ mode: "open" });
  const label = document.querySelector(`label[for="${area.id}"]`)?.textContent ?? "";
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        indentUnit.of("  "),
        yaml(),
        syntaxHighlighting(colours),
        look,
        autocompletion({ override: [completer(facts)] }),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          area.value = update.state.doc.toString();
          if (!update.transactions.some((one) => one.isUserEvent("server"))) changed();
        }),
      ],
    }),
  });
  view.scrollDOM.tabIndex = 0; // it scrolls: the keyboard must reach it
  area.hidden = true;
  return view;
}

function replace(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    userEvent: "server",
  });
}

class RuleEditor {
  private asked = 0;
  private checkTimer = 0;
  private countTimer = 0;
  private unsaved = false;
  private readonly text: EditorView;
  private readonly cases: EditorView;
  private readonly fields: HTMLElement;

  constructor(
    private readonly form: HTMLFormElement,
    facts: Fact[],
  ) {
    this.fields = form.querySelector<HTMLElement>("#draft-form")!;
    const area = (id: string) => form.querySelector<HTMLTextAreaElement>(`#${id}`)!;
    this.text = upgrade(area("draft-text"), facts, () => this.later("text"));
    this.cases = upgrade(area("draft-cases"), facts, () => this.later("text"));
    this.fields.addEventListener("input", () => this.later("form"));
    this.fields.addEventListener("click", (event) => this.add(event));
    form.querySelector<HTMLElement>("[data-without-script]")?.setAttribute("hidden", "");
    form.addEventListener("submit", () => (this.unsaved = false));
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
    void this.check({ side: "text", redraw: "" }, false);
  }

  private later(side: "text" | "form"): void {
    this.unsaved = true;
    window.clearTimeout(this.checkTimer);
    const deletes = side === "form" && this.fields.querySelector("[name^='d.']:checked");
    const more: Record<string, string> = deletes ? { side, redraw: "1" } : { side };
    this.checkTimer = window.setTimeout(() => void this.check(more), CHECK_AFTER);
  }

  private add(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name='add']");
    if (!button) return;
    event.preventDefault();
    this.unsaved = true;
    window.clearTimeout(this.checkTimer);
    void this.check({ side: "form", add: button.value });
  }

  private async check(more: Record<string, string>, counts = true): Promise<void> {
    const asked = ++this.asked;
    const data = new FormData(this.form);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    const findings = this.form.querySelector<HTMLElement>("#draft-findings")!;
    let checked: Checked;
    try {
      const response = await fetch(this.form.dataset.check!, { method: "POST", body: data });
      if (!response.ok) throw new Error(String(response.status));
      checked = (await response.json()) as Checked;
    } catch {
      findings.textContent = this.form.dataset.failed ?? "";
      return;
    }
    if (asked !== this.asked) return; // a newer answer is on its way
    if (more.side === "form") replace(this.text, checked.text);
    if (checked.form !== null && counts) this.fields.innerHTML = checked.form;
    findings.innerHTML = checked.findings;
    const show = (view: EditorView, marks: Mark[]) =>
      view.dispatch(setDiagnostics(view.state, diagnostics(view.state, marks)));
    show(this.text, checked.marks);
    show(this.cases, checked.caseMarks);
    if (counts) this.countLater();
  }

  private countLater(): void {
    window.clearTimeout(this.countTimer);
    this.countTimer = window.setTimeout(() => void this.count(), COUNT_AFTER);
  }

  private async count(): Promise<void> {
    const asked = this.asked;
    const response = await fetch(this.form.dataset.affected!, {
      method: "POST",
      body: new FormData(this.form),
    });
    if (!response.ok || asked !== this.asked) return;
    document.querySelector("#draft-affected")!.innerHTML = await response.text();
  }
}

async function start(form: HTMLFormElement): Promise<void> {
  const response = await fetch(form.dataset.facts!);
  const { facts } = (await response.json()) as { facts: Fact[] };
  new RuleEditor(form, facts);
}

const form = document.querySelector<HTMLFormElement>("#draft-editor");
// A browser without constructed style sheets keeps the plain text areas.
if (form && "adoptedStyleSheets" in document) void start(form);
