// Would GitHub's workflows get into the account? The OIDC provider, and the trust of the roles that the bootstrap makes.
import { GetOpenIDConnectProviderCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { githubIssuer, workflowRoles } from '../../../templates-src/parts/bootstrap-github.ts'
import { aws, ifThere } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { bootstrapFile } from '../generated.ts'
import { differencesOfDocuments } from '../live/compare.ts'
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
  const roles = await Promise.all(
    workflowRoles.map(async (role) => {
      const RoleName = `${name}-${role}`
      const found = await explaining('iam:GetRole', () =>
        ifThere(iam.send(new GetRoleCommand({ RoleName })), 'NoSuchEntityException'),
      )
      const trust = found?.Role?.AssumeRolePolicyDocument
      return roleDiagnosis(RoleName, trust && decodeURIComponent(trust), wishedTrust(settings, RoleName))
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
  const [difference] = differencesOfDocuments('trust', wished, trust)
  return difference === undefined
    ? well('github', `${name} trusts this repository, and nobody else`)
    : ill(
        'github',
        `${name} trusts ${difference.found}, and should ${difference.wished}`,
        'its workflow fails, or somebody else may become it',
        'npm run bootstrap where root-guard.yaml has changed; else find out who changed it (CloudTrail), and put it back',
      )
}

/** The AssumeRolePolicyDocument of the role of that name in the bootstrap's template. */
export function wishedTrust(settings: Settings, roleName: string): unknown {
  const { Resources = {} } = JSON.parse(bootstrapFile(settings).body) as BootstrapBody
  const role = Object.values(Resources).find(({ Properties }) => Properties?.RoleName === roleName)
  return role?.Properties?.AssumeRolePolicyDocument
}

interface BootstrapBody {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly Properties?: { readonly RoleName?: string; readonly AssumeRolePolicyDocument?: unknown } }
    >
  >
}
