// Where the documents say more about what the doctor found. Pure; test/docs/links.test.ts holds that the headings are there.
import type { Diagnosis } from './diagnosis.ts'

/** From the repository's root, with the heading; undefined where the finding says it all. */
export const pageOf: Readonly<Record<Diagnosis['area'], string | undefined>> = {
  root: 'docs/threat-model.md#root-itself',
  clock: undefined,
  secrets: 'docs/set-up.md#4-what-github-must-know',
  channels: 'docs/channels.md',
  posture: 'docs/runbooks.md#drift-found',
  'e-mail': 'docs/runbooks.md#e-mail-never-confirmed',
  alarms: 'docs/runbooks.md#an-alarm-about-the-guard-rang',
  github: 'docs/set-up.md#3-the-bootstrap-once',
}

/** An address that a job's summary can link: of the page as it was in the commit that runs. '' outside a workflow. */
export function addressOf(
  page: string | undefined,
  { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA }: Readonly<Record<string, string | undefined>>,
): string {
  if (page === undefined || !GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_SHA) return ''
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${page}`
}
