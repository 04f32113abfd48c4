// SNS: what topics and subscriptions refuse, and what EventBridge needs of a topic's policy.
import { statements } from '../templates-src/references.ts'
import { allowsService, list, object, policy, type Rule, resource } from './rule.ts'

const arn = 'arn:aws:sns:us-east-1:111122223333:sample'
const publish = (more: object) => policy({ Action: 'sns:Publish', Resource: arn, ...more })
const fromEvents = { Service: 'events.amazonaws.com' }

export const sns: readonly Rule[] = [
  {
    id: 'sns/no-condition-for-eventbridge',
    fact: "A topic policy's statement for events.amazonaws.com takes no Condition: EventBridge's publishing is refused for good, and no mail of the rule arrives.",
    source: "EventBridge User Guide, resource-based policies, SNS; the console's own statement has none",
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::SNS::TopicPolicy'],
    check: ({ Properties }) =>
      statements(Properties).flatMap((statement, at) =>
        allowsService(statement, 'events.amazonaws.com') && statement.Condition !== undefined
          ? [
              {
                property: `PolicyDocument.Statement.${at}.Condition`,
                found: statement.Condition,
                allowed: 'no Condition in a statement for events.amazonaws.com',
              },
            ]
          : [],
      ),
    wrong: [
      { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/sample' } },
    ].map((Condition) => ({
      Policy: resource('AWS::SNS::TopicPolicy', {
        Topics: [arn],
        PolicyDocument: publish({ Principal: fromEvents, Condition }),
      }),
    })),
  },
  {
    id: 'sns/topic-name',
    fact: "A topic's name has letters, digits, hyphens and underscores, 256 at most.",
    source: 'SNS API Reference, CreateTopic',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::SNS::Topic'],
    check: ({ Properties: { TopicName, FifoTopic } }) =>
      typeof TopicName !== 'string' || FifoTopic === true || /^[\w-]{1,256}$/.test(TopicName)
        ? []
        : [{ property: 'TopicName', found: TopicName, allowed: 'letters, digits, - and _, 256 at most' }],
    wrong: [{ Topic: resource('AWS::SNS::Topic', { TopicName: 'root guard' }) }],
  },
  {
    id: 'sns/display-name',
    fact: "A topic's display name has 100 characters at most.",
    source: 'SNS API Reference, SetTopicAttributes',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::SNS::Topic'],
    check: ({ Properties: { DisplayName } }) =>
      typeof DisplayName === 'string' && DisplayName.length > 100
        ? [{ property: 'DisplayName', found: DisplayName, allowed: '100 characters at most' }]
        : [],
    wrong: [{ Topic: resource('AWS::SNS::Topic', { DisplayName: 'a'.repeat(101) }) }],
  },
  {
    id: 'sns/no-fifo-attribute-on-a-standard-topic',
    fact: 'Only a FIFO topic takes ContentBasedDeduplication, FifoThroughputScope and ArchivePolicy.',
    source: 'SNS API Reference, CreateTopic',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::SNS::Topic'],
    check: ({ Properties }) =>
      ['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy']
        .filter((property) => property in Properties && Properties.FifoTopic !== true)
        .map((property) => ({ property, found: Properties[property], allowed: 'nothing: the topic is not FIFO' })),
    wrong: [{ Topic: resource('AWS::SNS::Topic', { ContentBasedDeduplication: true }) }],
  },
  {
    id: 'sns/filter-policy-size',
    fact: 'A filter policy has five keys at most, and the numbers of their values multiply to 150 at most.',
    source: 'SNS Developer Guide, filter policy constraints',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::SNS::Subscription'],
    check: ({ Properties: { FilterPolicy } }) => {
      const values = Object.values(object(FilterPolicy)).map((one) => list(one).length)
      const combinations = values.reduce((product, count) => product * count, 1)
      return values.length > 5 || combinations > 150
        ? [
            {
              property: 'FilterPolicy',
              found: FilterPolicy,
              allowed: 'five keys, and 150 combinations of values, at most',
            },
          ]
        : []
    },
    wrong: [
      ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, ['x']]),
      ['a', 'b'].map((key) => [key, Array.from({ length: 13 }, (_, at) => `${at}`)]),
    ].map((keys) => ({
      Mail: resource('AWS::SNS::Subscription', {
        TopicArn: arn,
        Protocol: 'email',
        Endpoint: 'security@example.com',
        FilterPolicy: Object.fromEntries(keys),
      }),
    })),
  },
]
