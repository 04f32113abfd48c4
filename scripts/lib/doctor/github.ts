// Would GitHub's workflows get into the account? The OIDC provider, and the trust of the roles that the bootstrap makes.
import { GetOpenIDConnectProviderCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { githubIssuer, workflowRoles } from '../../../templates-src/parts/bootstrap-github.ts'
import { aws, ifThere } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { bootstrapFile } from '../generated.ts'
import { canonicalDocument, differencesOfDocuments } from '../live/compare.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

/** Whom each workflow's role shall trust is read from the template that the bootstrap makes it of. */
export async function githubDiagnoses(settings: Settings): Promise<readonly Diagnosis[]> {
  const { account, github, homeRegion, name } = settings
  if (github === undefined) {
    return [
      noted(
        'github',
        'root-guard.yaml says no github',
        'merging is not yet deploying',
        'fill in github, npm run bootstrap',
      ),
    ]
  }
  const iam = aws.iam(homeRegion)
  const provider = await explaining('iam:GetOpenIDConnectProvider', () =>
    ifThere(
      iam.send(
        new GetOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: `arn:aws:iam::${account}:oidc-provider/${githubIssuer}`,
        }),
      ),
      'NoSuchEntityException',
    ),
  )
  const wished = wishedTrusts(settings)
  const roles = await Promise.all(
    workflowRoles.map(async (role) => {
      const RoleName = `${name}-${role}`
      const found = await explaining('iam:GetRole', () =>
        ifThere(iam.send(new GetRoleCommand({ RoleName })), 'NoSuchEntityException'),
      )
      const trust = found?.Role?.AssumeRolePolicyDocument
      return roleDiagnosis(RoleName, trust && decodeURIComponent(trust), wished.get(RoleName))
    }),
  )
  return [providerDiagnosis(provider?.ClientIDList), ...roles]
}

/** Pure. `audiences`: undefined when the account has no such provider. */
export function providerDiagnosis(audiences: readonly string[] | undefined): Diagnosis {
  if (audiences === undefined) {
    return ill('github', `the account has no OIDC provider ${githubIssuer}`, 'no workflow gets in', 'npm run bootstrap')
  }
  return audiences.includes('sts.amazonaws.com')
    ? well('github', `the OIDC provider ${githubIssuer} is there`)
    : ill('github', `the OIDC provider does not know the audience sts.amazonaws.com`, 'no workflow gets in', 'add it')
}

/** Pure. The whole policy must be the one wished for: a subject less and a workflow fails, one more and a stranger is in. */
export function roleDiagnosis(name: string, trust: string | undefined, wished: unknown): Diagnosis {
  if (trust === undefined) return ill('github', `there is no role ${name}`, 'its workflow fails', 'npm run bootstrap')
  return differencesOfDocuments('trust', wished, trust).length === 0
    ? well('github', `${name} trusts this repository, and nobody else`)
    : ill(
        'github',
        `${name} trusts otherwise than it should: ${differingParts('the policy', canonicalDocument(wished), canonicalDocument(trust)).join('; ')}`,
        'its workflow fails, or somebody else may become it',
        'npm run bootstrap where root-guard.yaml has changed; else find out who changed it (CloudTrail), and put it back',
      )
}

/** What is there too much and what is lacking, each by its name alone: whole policies differ after what anybody reads. */
function differingParts(name: string, wished: unknown, found: unknown): readonly string[] {
  if (isRecord(wished) && isRecord(found)) {
    const names = [...new Set([...Object.keys(wished), ...Object.keys(found)])]
    // Of a condition key the claim: token.actions.githubusercontent.com:sub.
    return names.flatMap((key) => differingParts(key.slice(key.lastIndexOf(':') + 1), wished[key], found[key]))
  }
  const [one, other] = [wished, found].map(written) as [string[], string[]]
  const beyond = other.filter((value) => !one.includes(value))
  const lacking = one.filter((value) => !other.includes(value))
  return [
    ...(beyond.length > 0 ? [`${name} has ${beyond.join(', ')}, which it should not`] : []),
    ...(lacking.length > 0 ? [`${name} lacks ${lacking.join(', ')}`] : []),
  ]
}

/** Each value of a list, or the one. A canonical document has no lists of one. */
function written(value: unknown): string[] {
  if (value === undefined) return []
  return [value].flat().map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The AssumeRolePolicyDocument of each role in the bootstrap's template, by the role's name. */
function wishedTrusts(settings: Settings): ReadonlyMap<string | undefined, unknown> {
  const { Resources = {} } = JSON.parse(bootstrapFile(settings).body) as BootstrapBody
  return new Map(
    Object.values(Resources).map(({ Properties }) => [Properties?.RoleName, Properties?.AssumeRolePolicyDocument]),
  )
}

interface BootstrapBody {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly Properties?: { readonly RoleName?: string; readonly AssumeRolePolicyDocument?: unknown } }
    >
  >
}
