// Would GitHub's workflows get into the account? The OIDC provider, and the trust of the roles that the bootstrap makes.
import { GetOpenIDConnectProviderCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import type { Settings } from '../../../templates-src/config/schema.ts'
import { githubIssuer, workflowRoles, workflowSubjects } from '../../../templates-src/parts/bootstrap-github.ts'
import { aws, ifThere } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

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
      return roleDiagnosis(RoleName, trust && decodeURIComponent(trust), workflowSubjects(github, role))
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

/** Pure. Both forms of the subject must be there: which one GitHub sends depends on the repository's age. */
export function roleDiagnosis(name: string, trust: string | undefined, subjects: readonly string[]): Diagnosis {
  if (trust === undefined) return ill('github', `there is no role ${name}`, 'its workflow fails', 'npm run bootstrap')
  const missing = subjects.filter((subject) => !trust.includes(`"${subject}"`))
  return missing.length === 0
    ? well('github', `${name} trusts this repository`)
    : ill('github', `${name} does not trust ${missing.join(', ')}`, 'its workflow fails', 'npm run bootstrap')
}
