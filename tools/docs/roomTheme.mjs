// typedoc's default theme with a page per room: it begins with a table of its names, each with its first
// sentence. What is in a room has anchors on its page, and the members of a class or of options are a list of
// lines, not of headings.
import {
  DefaultTheme,
  DefaultThemeRenderContext,
  JSX,
  PageKind,
  ReflectionKind,
  StructureRouter,
} from 'typedoc';
import { firstSentence } from './firstLines.mjs';

const element = JSX.createElement;

export class RoomRouter extends StructureRouter {
  getPageKind(target) {
    return target.kind === ReflectionKind.Module ? PageKind.Reflection : undefined;
  }
}

const door = ({ name }) => `emtd-lab/${name}`;

const isTaken = (about) => about.kindOf(ReflectionKind.Parameter | ReflectionKind.Property);

/** Not a method by which an object shows itself. */
const isNamed = ({ name }) => !name.startsWith('[');

class RoomContext extends DefaultThemeRenderContext {
  #member = this.member;
  #summary = this.commentSummary;

  /** Optional is said by a question mark, and everything is read-only. */
  reflectionFlags = () => null;

  /** Not the words on a type once more where it is taken, or is listed. */
  commentSummary = (about) =>
    (isTaken(about) && !about.comment) || about.comment?.hasModifier('@expand') ? null : this.#summary(about);

  header = ({ model }) =>
    element(
      'div',
      { class: 'tsd-page-title' },
      element('h1', null, model.isProject() ? 'EMTD Lab: reference' : door(model)),
    );

  moduleReflection = (module) =>
    element(
      JSX.Fragment,
      null,
      this.commentSummary(module),
      module.isProject() ? this.#table(module.children, door) : [this.index(module), this.members(module)],
    );

  index = (room) =>
    room.groups.map(({ title, children }) =>
      element(
        'details',
        { open: !/Interfaces|Aliases/.test(title) },
        element('summary', null, title),
        this.#table(children, ({ name }) => name),
      ),
    );

  member = (name) =>
    name.kindOf(ReflectionKind.Class | ReflectionKind.Interface)
      ? this.#withMembers(name)
      : this.#member(name);

  #table(names, nameOf) {
    return element(
      'table',
      { class: 'names' },
      names.map((each) =>
        element(
          'tr',
          null,
          element('td', null, element('a', { href: this.urlTo(each) }, nameOf(each))),
          element('td', null, this.#sentence(each)),
        ),
      ),
    );
  }

  #sentence(about) {
    const { summary = [] } = about.signatures?.[0].comment ?? about.comment ?? {};
    return this.displayParts(firstSentence(summary));
  }

  #withMembers(name) {
    const anchor = this.getAnchor(name);
    const icon = this.theme.getReflectionIcon(name);
    this.page.pageHeadings.push({ link: `#${anchor}`, text: name.name, kind: name.kind, classes: '', icon });
    return element(
      'section',
      { class: 'tsd-panel tsd-member' },
      element('h3', { class: 'tsd-anchor-link', id: anchor }, name.name),
      this.#summary(name),
      this.commentTags(name),
      element(
        'ul',
        { class: 'tsd-parameter-list' },
        name.children?.filter(isNamed).map((member) => this.#line(member)),
      ),
    );
  }

  #line(member) {
    const signatures = member.signatures ?? (member.getSignature ? [] : undefined);
    const about = member.getSignature ?? member;
    const words = signatures?.length
      ? signatures.map((each) => [
          element(
            'span',
            { class: 'tsd-signature', style: 'border: 0; padding: 0' },
            this.memberSignatureTitle(each),
          ),
          this.#words(each),
        ])
      : [
          element('span', { class: 'tsd-kind-parameter' }, member.name),
          member.flags.isOptional ? '?: ' : ': ',
          this.type(about.type),
          this.#words(about),
        ];
    return element('li', { id: this.getAnchor(member) }, words);
  }

  #words(about) {
    return [
      this.commentSummary(about),
      this.commentTags(about),
      about.type && this.typeDetailsIfUseful(about, about.type),
    ];
  }
}

export class RoomTheme extends DefaultTheme {
  ContextClass = RoomContext;
}
