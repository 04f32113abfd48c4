// Settings of the posture and of who watches the guard: a part of root-guard.yaml's fields, which schema.ts puts together.
import * as v from 'valibot'
import { emailList } from './email.ts'

const roleName = v.pipe(
  v.string(),
  v.regex(/^[\w+=,.@-]{1,64}$/, "an IAM role's name, without path or ARN, at most 64 characters"),
)

const rolePath = v.pipe(
  v.string(),
  v.regex(
    /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    "an IAM role's name with its path, as aws-reserved/sso.amazonaws.com/ap-northeast-2/AWSReservedSSO_Admin_0123456789abcdef",
  ),
)

const bucketName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "an S3 bucket's name: 3 to 63 small letters, digits, dots and hyphens"),
)

export const watchSettings = {
  buckets: v.optional(
    v.pipe(
      v.strictObject({
        trail: v.optional(v.pipe(bucketName, v.description('A bucket of yours that CloudTrail may write into.'))),
        config: v.optional(v.pipe(bucketName, v.description('A bucket of yours that AWS Config may write into.'))),
        accessLogs: v.optional(
          v.pipe(
            bucketName,
            v.description(
              'A bucket of yours, in ap-northeast-2, that takes the S3 access logs of the log buckets made here.',
            ),
          ),
        ),
      }),
      v.description(
        'Buckets of yours to reuse, by name; one that is not named is created. Their policies: docs/log-buckets.md.',
      ),
    ),
    {},
  ),
  trustedRoles: v.optional(
    v.pipe(
      v.array(roleName),
      v.maxLength(5, 'at most 5 roles'),
      v.check((list) => new Set(list).size === list.length, 'each role once'),
      v.description(
        'Roles that may change what this guard is made of without an alert, beside its own deploy roles; names alone. At most 5, and as many as the patterns of the rules have room for: with a name of ten letters five of fifty, with one of twenty one or two.',
      ),
    ),
    [],
  ),
  readers: v.optional(
    v.pipe(
      v.array(rolePath),
      v.maxLength(10, 'at most 10 roles'),
      v.check((list) => new Set(list).size === list.length, 'each role once'),
      v.description(
        "Roles that may read an alert's deliveries from the API, beside the drill's; with their path where they have one.",
      ),
    ),
    [],
  ),
  operationsEmails: v.optional(
    v.pipe(
      emailList,
      v.description('Told when the guard itself is unwell; the same as emails where this is left out.'),
    ),
  ),
  drillWithinHours: v.optional(
    v.pipe(
      v.number(),
      v.integer('a whole number of hours'),
      v.minValue(2, 'at least 2 hours'),
      v.maxValue(168, 'at most 168 hours'),
      v.description('An alarm rings when no drill from ap-northeast-2 has passed for about so many hours.'),
    ),
    48,
  ),
  driftAlert: v.optional(
    v.pipe(
      v.boolean('true or false'),
      v.description('The nightly look for drift has people told what it found by the routes, beside the GitHub issue.'),
    ),
    false,
  ),
  dashboard: v.optional(v.pipe(v.boolean(), v.description('A dashboard in CloudWatch, in us-east-1.')), false),
  userNotifications: v.optional(
    v.pipe(
      v.strictObject({
        hub: v.optional(
          v.pipe(
            v.picklist(['create', 'reuse']),
            v.description(
              'reuse: the account has a notification hub already, as one that an earlier guard left; a Region takes one.',
            ),
          ),
          'create',
        ),
        devices: v.optional(
          v.pipe(
            v.array(
              v.pipe(
                v.string(),
                v.regex(
                  /^arn:aws:consoleapp::\d{12}:device\/[\w-]+$/,
                  'the ARN of a device, as arn:aws:consoleapp::111122223333:device/…',
                ),
              ),
            ),
            v.description('Phones with the AWS Console mobile app, by the ARN that User Notifications gives them.'),
          ),
          [],
        ),
      }),
      v.description('AWS User Notifications as a third way, to the same addresses and to the AWS Console mobile app.'),
    ),
  ),
  encryption: v.optional(
    v.pipe(
      v.picklist(['service', 'customer-key']),
      v.description(
        "customer-key: a KMS key of the account's own in us-east-1, for topics and dead letters, and one in ap-northeast-2, for the trail and both logs. Dead letters of relays stay under the key of SQS.",
      ),
    ),
    'service',
  ),
  recording: v.optional(
    v.pipe(
      v.picklist(['iam-users', 'all']),
      v.description('What the recorder records: IAM users, which the rules need, or everything AWS Config knows.'),
    ),
    'iam-users',
  ),
}
