// Keeps each part of an interview once its row is left, and says plainly what is not kept.
// Without this script each part is sent with a button. What waits is in memory alone: no
// word of it stays on a machine that others use.
"use strict";

const AGAIN_AFTER = 3000;
const LONGEST = 15000;
const MOST_KEPT_ALIVE = 60000;
const BY = { question: "officer", point: "officer", remark: "officer" };
const OF_THE_PERSON = ["person", "guardian"];
const NEXT = { question: "answer", point: "answer" };

function drawn() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}

function first(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

class Record {
  constructor(form) {
    this.form = form;
    this.says = form.dataset;
    this.rows = document.getElementById("record");
    this.status = document.getElementById("kept");
    this.alarm = document.getElementById("unkept");
    this.blank = document.getElementById("part-blank");
    this.words = form.elements.words;
    this.seen = Number(form.elements.seen.value);
    this.token = form.elements.csrfmiddlewaretoken.value;
    this.waiting = [];
    this.refused = new Set();
    this.isSending = false;
    this.timer = 0;
    this.prepare();
  }

  prepare() {
    const rendered = this.form.querySelector("[data-rendered]");
    if (rendered) rendered.remove();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.take();
    });
    this.form.addEventListener("focusout", (event) => this.left(event, () => this.take()));
    this.form.addEventListener("change", (event) => this.chosen(event.target));
    this.rows.addEventListener("focusout", (event) => {
      const at = event.target.closest("[data-rendering]");
      if (at) this.left(event, () => this.render(at));
    });
    this.rows.addEventListener("submit", (event) => {
      event.preventDefault();
      this.render(event.target);
    });
    for (const press of document.querySelectorAll("[data-press]")) {
      press.addEventListener("submit", (event) => {
        event.preventDefault();
        this.take();
        this.press(event.submitter);
      });
    }
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => {
      if (this.isUnkept()) event.preventDefault();
    });
    addEventListener("pagehide", () => this.take());
    this.chosen(this.form.elements.topic);
  }

  // Whoever looks into another window has not left the field: they come back to it.
  left(event, then) {
    const at = event.target.form;
    setTimeout(() => {
      const now = document.activeElement;
      const button = now && now.closest("button");
      if (now === event.target || (at.contains(now) && !button)) return;
      then();
    });
  }

  key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const at = event.target.closest("[data-rendering]");
    if (at) {
      event.preventDefault();
      this.render(at);
      this.words.focus();
    } else if (this.form.contains(event.target)) {
      event.preventDefault();
      this.take();
    }
  }

  chosen(field) {
    const { kind, speaker, topic } = this.form.elements;
    if (field === kind) speaker.value = BY[kind.value] || "person";
    const doubt = this.form.querySelector("[data-doubt]");
    if (doubt && topic) doubt.hidden = topic.value !== "origin";
  }

  isUnkept() {
    const typed = [...this.rows.querySelectorAll("[name=rendered]")].some((each) => each.value.trim());
    return Boolean(this.waiting.length || this.refused.size || this.words.value.trim() || typed);
  }

  take() {
    if (!this.words.value.trim()) return;
    const fields = new URLSearchParams(new FormData(this.form));
    const row = this.row(fields);
    fields.set("id", row.dataset.part);
    const corrects = fields.get("corrects") !== "";
    this.form.elements.id.value = drawn();
    this.words.value = "";
    if (!corrects) this.next();
    this.queue({ fields, row, corrects, retyped: true });
    const rendering = row.querySelector("[name=rendered]");
    const now = document.activeElement;
    if (now === document.body || this.form.contains(now)) (rendering || this.words).focus();
  }

  next() {
    const { kind, speaker, topic, doubt } = this.form.elements;
    kind.value = NEXT[kind.value] || "question";
    speaker.value = BY[kind.value] || "person";
    topic.value = doubt.value = "";
    this.chosen(topic);
  }

  press(button) {
    const fields = new URLSearchParams({ act: "press", kind: button.value });
    const row = this.row(fields, button.dataset.word);
    fields.set("id", row.dataset.part);
    this.queue({ fields, row });
  }

  render(at) {
    const area = at.elements.rendered;
    if (!area.value.trim() || area.readOnly) return;
    const fields = new URLSearchParams({ act: "render", part: at.elements.part.value, rendered: area.value });
    area.readOnly = true;
    this.queue({ fields, row: at.closest("li"), rendering: at });
  }

  row(fields, name) {
    const id = fields.get("act") === "press" ? drawn() : this.form.elements.id.value;
    const row = this.blank.content.firstElementChild.cloneNode(true);
    const { kind, speaker } = this.form.elements;
    const chosen = (field) => (field.selectedOptions ? field.selectedOptions[0].text : "");
    row.dataset.part = id;
    row.id = `part-${id}`;
    row.className = `a-part a-part--${fields.get("kind")}`;
    if (!OF_THE_PERSON.includes(speaker.value)) row.classList.add("a-part--ours");
    row.querySelector("strong").textContent = first(name || chosen(kind) || this.says.correction);
    row.querySelector("[data-by]").textContent = name ? "" : chosen(speaker);
    const said = row.querySelector(".a-part__said");
    const rendering = row.querySelector("[data-rendering]");
    if (name) {
      said.remove();
      if (rendering) rendering.remove();
    } else {
      said.textContent = fields.get("words").trim();
      if (rendering) {
        rendering.elements.part.value = id;
        rendering.elements.rendered.id = `rendered-${id}`;
        rendering.querySelector("label").htmlFor = `rendered-${id}`;
      }
    }
    const correct = row.querySelector(".a-part__act");
    if (name || fields.get("kind") === "remark") correct.remove();
    else correct.href = `?corrects=${id}#entry`;
    this.rows.append(row);
    return row;
  }

  queue(part) {
    part.since = performance.now();
    this.say(part, this.says.keeping);
    this.waiting.push(part);
    this.send();
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    while (this.waiting.length) {
      const [part] = this.waiting;
      const answer = await this.post(part);
      if (!answer) break;
      this.waiting.shift();
      if (answer.status === 200) this.kept(part, await answer.json());
      else this.refuse(part, answer.status === 422 ? (await answer.json()).refused : [this.says.gone]);
    }
    this.isSending = false;
    if (this.waiting.length) this.timer = setTimeout(() => this.send(), AGAIN_AFTER);
    else this.alarm.textContent = "";
  }

  // What was kept, or why it is not; nothing where it is not known and is sent again.
  async post(part) {
    part.fields.set("seen", this.seen);
    part.fields.set("ago", Math.round((performance.now() - part.since) / 1000));
    part.fields.set("csrfmiddlewaretoken", this.token);
    const body = part.fields.toString();
    try {
      if (this.isOut && !(await this.renew())) return null;
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: new URLSearchParams(part.fields),
        headers: { Accept: "application/json" },
        keepalive: body.length < MOST_KEPT_ALIVE,
        redirect: "manual",
        signal: AbortSignal.timeout(LONGEST),
      });
      const isTold = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (isTold || answer.status === 404) return answer;
      this.isOut = answer.type === "opaqueredirect" || answer.status === 403;
      this.wait(part, this.isOut ? this.says.out : this.says.offline);
    } catch {
      this.wait(part, this.says.offline);
    }
    return null;
  }

  // Whoever signed in again, in another window, has another token for forms.
  async renew() {
    const answer = await fetch(this.form.action, { redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const field = page.querySelector("[data-entry] [name=csrfmiddlewaretoken]");
    if (!field) return false;
    this.token = field.value;
    this.isOut = false;
    return true;
  }

  kept(part, told) {
    for (const html of told.others) {
      const other = new DOMParser().parseFromString(html, "text/html").querySelector("li");
      if (!document.getElementById(other.id)) part.row.before(other);
    }
    document.getElementById("asks").textContent = told.asks;
    this.seen = told.count;
    this.form.elements.seen.value = told.count;
    part.row.classList.remove("a-part--waiting", "a-part--refused");
    part.row.querySelector(".a-part__state").remove();
    if (part.rendering) {
      const shown = document.createElement("p");
      shown.className = "a-part__rendered";
      shown.textContent = part.fields.get("rendered").trim();
      part.rendering.replaceWith(shown);
    } else {
      part.row.querySelector(".a-part__time").textContent = told.time;
    }
    if (part.fields.get("kind") === "objection") document.getElementById("objection").hidden = false;
    const others = told.others.length ? ` ${this.says.others}` : "";
    this.status.textContent = `${this.says.kept} ${told.time}.${others}`;
    if (part.corrects && !this.isUnkept()) location.assign(this.form.action);
  }

  refuse(part, reasons) {
    this.say(part, reasons.join(" "), "a-part--refused");
    if (part.rendering) part.rendering.elements.rendered.readOnly = false;
    if (part.retyped) this.retype(part);
    this.alarm.textContent = reasons.join(" ");
  }

  // The words stay in a field of their own, to be mended and sent again.
  retype(part) {
    this.refused.add(part);
    const area = document.createElement("textarea");
    const button = document.createElement("button");
    area.className = "govuk-textarea";
    area.rows = 3;
    area.value = part.fields.get("words");
    area.setAttribute("aria-label", this.words.labels[0].textContent);
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = this.says.again;
    button.addEventListener("click", () => {
      part.fields.set("words", area.value);
      part.row.querySelector(".a-part__said").textContent = area.value.trim();
      area.remove();
      button.remove();
      this.refused.delete(part);
      this.queue(part);
    });
    part.row.append(area, button);
  }

  wait(part, why) {
    this.say(part, this.says.not, "a-part--waiting");
    this.alarm.textContent = why;
  }

  say(part, text, state) {
    let line = part.row.querySelector(".a-part__state");
    if (!line) {
      line = document.createElement("p");
      part.row.append(line);
    }
    line.className = state ? "a-part__state a-part__state--bad" : "a-part__state";
    line.textContent = text;
    part.row.classList.remove("a-part--waiting", "a-part--refused");
    if (state) part.row.classList.add(state);
  }
}

const entry = document.querySelector("[data-entry]");
if (entry) new Record(entry);
