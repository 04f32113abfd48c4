// The root user's own credentials, from the account's summary. Pure.
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

/** `summary` is what iam:GetAccountSummary answers. */
export function rootDiagnoses(summary: Readonly<Record<string, number>>): readonly Diagnosis[] {
  const {
    AccountMFAEnabled = 0,
    AccountAccessKeysPresent = 0,
    AccountPasswordPresent,
    AccountSigningCertificatesPresent = 0,
  } = summary
  const hasPassword = AccountPasswordPresent !== 0
  return [
    mfa(AccountMFAEnabled > 0, hasPassword),
    AccountAccessKeysPresent > 0
      ? ill(
          'root',
          `root has ${AccountAccessKeysPresent} access key${AccountAccessKeysPresent === 1 ? '' : 's'}`,
          'a key of root can do everything, without MFA, and no policy restricts it',
          'sign in as root, «Security credentials», delete the keys; whatever used them gets a role',
        )
      : well('root', 'root has no access key'),
    ...(AccountSigningCertificatesPresent > 0
      ? [
          ill(
            'root',
            'root has a signing certificate',
            'it signs requests as root',
            'sign in as root, «Security credentials», delete the certificate',
          ),
        ]
      : []),
    ...(AccountPasswordPresent === undefined ? [] : [password(hasPassword)]),
  ]
}

function mfa(isOn: boolean, hasPassword: boolean): Diagnosis {
  if (isOn) return well('root', 'root has MFA')
  if (!hasPassword) return well('root', 'root has no MFA, and no password that would need it')
  return ill(
    'root',
    'root has no MFA',
    'whoever learns the password, or gets the mailbox that resets it, has the account',
    'sign in as root, «Security credentials», assign MFA: two passkeys or security keys, kept in different places',
  )
}

function password(isThere: boolean): Diagnosis {
  return isThere
    ? noted(
        'root',
        'root has a password',
        'it is what an attacker tries first; members of an organization can do without',
        'in an organization: centralized root access (IAM, «Root access management») removes it',
      )
    : well('root', 'root has no password')
}
