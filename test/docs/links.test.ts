// What the pages point at is there, and pages in two languages are the same page.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pageOf as doctorPages } from '../../scripts/lib/doctor/pages.ts'
import { type Page, pageOf, pages, root } from './pages.ts'

const all = pages()

const links = suite('links')
for (const page of all) {
  links(`${page.path} links to files and headings that are there`, () => {
    assert.equal(
      page.links.filter((link) => !/^[a-z]+:/.test(link) && !isThere(page, link)),
      [],
    )
  })
}

links('docs/README.md lists every page of docs/', () => {
  const listed = pageOf('docs/README.md').links.map((link) => link.split('#')[0])
  const own = all
    .map(({ path }) => path)
    .filter((path) => /^docs\/(ko\/)?[^/]+\.md$/.test(path) && path !== 'docs/README.md')
  assert.equal(
    own.filter((path) => !listed.includes(path.replace('docs/', ''))),
    [],
  )
})

links('docs/decisions/README.md lists every decision, by its title', () => {
  const index = pageOf('docs/decisions/README.md').text
  for (const { path, text } of all.filter((page) => /decisions\/\d/.test(page.path))) {
    const [, number, title] = /^# (\d+)\. (.*)$/m.exec(text) ?? []
    assert.match(index, `${number}. [${title}](${path.replace('docs/decisions/', '')})`)
  }
})
links('the doctor points at headings that are there', () => {
  const pointed = Object.values(doctorPages).filter((page) => page !== undefined)
  assert.equal(
    pointed.filter((page) => !isThere(pageOf('README.md'), page)),
    [],
  )
})
links.run()

const translations = suite('translations')
for (const page of all.filter(({ path }) => /\.ko\.md$|^docs\/ko\//.test(path))) {
  const english = pageOf(page.path.replace('.ko.md', '.md').replace('docs/ko/', 'docs/'))

  translations(`${page.path} has the headings of ${english.path}`, () => {
    assert.equal(
      page.headings.map(({ level }) => level),
      english.headings.map(({ level }) => level),
    )
  })

  translations(`${page.path} has the commands, settings, table rows and steps of ${english.path}`, () => {
    assert.equal(codeOf(page), codeOf(english))
    assert.is(linesLike(page, /^ *\|/), linesLike(english, /^ *\|/))
    assert.is(linesLike(page, /^ *(\d+\.|-) /), linesLike(english, /^ *(\d+\.|-) /))
  })
}
translations.run()

function isThere({ path }: Page, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? path : join(dirname(path), decodeURIComponent(file))
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || anchorsOf(target).includes(decodeURIComponent(anchor))
}

/** Of a source file, a line: `#L10`. */
function anchorsOf(target: string): readonly string[] {
  if (target.endsWith('.md')) return pageOf(target).headings.map(({ anchor }) => anchor)
  return readFileSync(join(root, target), 'utf8')
    .split('\n')
    .map((_, index) => `L${index + 1}`)
}

/** A picture's words are translated; what is typed is not. */
function codeOf({ blocks }: Page): readonly string[] {
  return blocks.filter(({ language }) => language !== 'mermaid').map(({ code }) => code)
}

function linesLike({ text }: Page, line: RegExp): number {
  return text.split('\n').filter((one) => line.test(one)).length
}
