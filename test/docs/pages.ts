// The Markdown pages that people read, taken apart: headings, links, blocks. Fenced code holds no headings and no links.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Page {
  /** From the root of the repository. */
  readonly path: string
  readonly headings: readonly Heading[]
  readonly links: readonly string[]
  readonly blocks: readonly Block[]
  readonly text: string
}

export interface Heading {
  readonly level: number
  readonly anchor: string
}

export interface Block {
  readonly language: string
  readonly code: string
  /** The comment on the line before it, which GitHub does not show: `gate: runs`, `test: runs`. */
  readonly marker: string
  readonly line: number
}

/** Every page but the generated ones, whose writers have tests of their own; those are linked to all the same. */
export function pages(): readonly Page[] {
  const atRoot = ['README.md', 'README.ko.md', 'CONTRIBUTING.md', 'test/records/README.md']
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !generated.includes(name))
    .map((name) => `docs/${name}`)
  return [...atRoot, ...inDocs.sort()].filter((path) => existsSync(join(root, path))).map(pageOf)
}

const generated: readonly string[] = ['messages.md', 'faults.md', 'controls.md', 'log-buckets.md', 'aws-contract.md']

export function pageOf(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8')
  const blocks = [...text.matchAll(fence)].map((match) => ({
    marker: match[1] ?? '',
    language: match[4] ?? '',
    code: (match[5] ?? '').replaceAll(new RegExp(`^${match[2]}`, 'gm'), ''),
    line: text.slice(0, match.index).split('\n').length,
  }))
  const prose = text.replaceAll(fence, '')
  return { path, text, blocks, headings: headingsOf(prose), links: linksOf(prose) }
}

const fence = /(?:^<!-- ([^\n]*) -->\n)?^( *)(`{3,})(\w*)\n(.*?)^\2\3 *$/gms

function headingsOf(prose: string): readonly Heading[] {
  const seen = new Map<string, number>()
  return [...prose.matchAll(/^(#{1,6}) (.+)$/gm)].map(([, hashes = '', title = '']) => {
    const slug = anchorOf(title)
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return { level: hashes.length, anchor: count === 0 ? slug : `${slug}-${count}` }
  })
}

/** As GitHub makes it: small letters, no punctuation, a hyphen for each space. */
function anchorOf(title: string): string {
  return title
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')
}

function linksOf(prose: string): readonly string[] {
  const shown = prose.replaceAll(/`[^`\n]*`/g, '')
  return [...shown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}
