// Generated from handlers/notifier by: npm run generate. Do not edit. notifier.yaml carries it compressed.
'use strict'

// handlers/notifier/alerts.ts
var import_promises3 = require("node:timers/promises");

// handlers/notifier/activity.ts
var import_node_crypto = require("node:crypto");

// handlers/notifier/fields.ts
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function objectAt(fields2, name) {
  const value = fields2[name];
  return isObject(value) ? value : {};
}
function text(value) {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value).trim() : "";
}
function flag(value) {
  const said2 = text(value).toLowerCase();
  return said2 === "true" ? true : said2 === "false" ? false : void 0;
}
function textsIn(value) {
  const found = [];
  const open = [["", value]];
  for (let next = open.pop(); next !== void 0; next = open.pop()) {
    const [name, one] = next;
    if (text(one) !== "") found.push([name, text(one)]);
    if (typeof one !== "object" || one === null) continue;
    for (const [key2, inner] of Object.entries(one).reverse()) open.push([Array.isArray(one) ? name : key2, inner]);
  }
  return found;
}

// handlers/notifier/caller.ts
var anonymous = "ANONYMOUS_PRINCIPAL";
function callerOf(identity, account) {
  const [type, own2] = [text(identity.type), text(identity.accountId)];
  const named3 = text(identity.arn) || text(identity.userName) || text(identity.principalId);
  if ([named3 || own2, own2].includes(anonymous)) return { identity: named3 || anonymous, account: "" };
  const other = own2 === account ? "" : own2;
  const unnamed = type === "AWSAccount" ? own2 : text(identity.invokedBy);
  return { identity: named3 || (type.startsWith("AWS") ? unnamed : type), account: other };
}

// handlers/notifier/drift-news.ts
var driftSource = "root-guard.drift";
function driftNews({ eventID, found }) {
  return {
    eventSource: driftSource,
    eventName: "DriftFound",
    eventID: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text(eventID)) ? eventID : "",
    found: /^\d{1,6}$/.test(text(found)) ? found : ""
  };
}

// handlers/notifier/drill-wish.ts
var relayWithDrills = "ap-northeast-2";
var drillSource = "root-guard.drill";
function drillWish(event, detail) {
  if (event.source !== drillSource) return void 0;
  const { mode, channels: channels2 } = objectAt(detail, "drill");
  return {
    check: mode === "check",
    channels: Array.isArray(channels2) ? channels2.map(text) : [],
    tookIn: text(event.region)
  };
}
function trailDrillId(event, detail, guardName) {
  const requestId2 = text(detail.requestID);
  const isCall2 = event.source === "aws.cloudtrail" && detail.eventName === "DescribeTrails";
  const isDrillRole = text(objectAt(detail, "userIdentity").arn).includes(`:assumed-role/${guardName}-drill/`);
  return isCall2 && isDrillRole && /^[\w-]{1,64}$/.test(requestId2) ? `${drillSource}~${requestId2}` : "";
}

// handlers/notifier/failure.ts
function failureOf(detail) {
  const reason = text(detail.errorMessage) || text(detail.errorCode);
  if (reason !== "") return reason;
  const own2 = text(detail.eventName).toLowerCase();
  const answers2 = Object.entries(objectAt(detail, "responseElements"));
  const result = answers2.find(([name, said2]) => name.toLowerCase() === own2 && /^fail/i.test(text(said2)));
  if (result !== void 0) return text(result[1]);
  return flag(objectAt(detail, "additionalEventData").success) === false ? "success: false" : void 0;
}

// handlers/contract/log-bucket-names.ts
function logBucketPrefix(guardName) {
  return `stackset-${guardName}-`.slice(0, keptOfStackName);
}
var keptOfStackName = 24;

// handlers/notifier/root.ts
var rootArn = /^arn:[\w-]+:iam::\d{12}:root$/i;
var rootWords = /* @__PURE__ */ new Set(["aws root user", "<root_account>"]);
function isRoot(identity) {
  const type = text(identity.type);
  const issuer = objectAt(objectAt(identity, "sessionContext"), "sessionIssuer").type;
  return type === "Root" || issuer === "Root" || type === "" && namesRoot(text(identity.arn), text(identity.userName));
}
function namesRoot(...words) {
  return words.some((word) => rootWords.has(word.toLowerCase()) || rootArn.test(word));
}
function isOfRoot(request) {
  const [user2, serial] = [text(request.userName), text(request.serialNumber)];
  if (namesRoot(user2) || /:(u2f\/root(\/|$)|mfa\/root-account-mfa-device$)/.test(serial)) return true;
  return ["", "root"].includes(user2.toLowerCase()) && !serial.includes(":u2f/user/");
}

// handlers/notifier/guard-parts.ts
var blinding = /* @__PURE__ */ new Set([
  "StopLogging",
  "DeleteTrail",
  "UpdateTrail",
  "PutEventSelectors",
  "StopConfigurationRecorder",
  "PutConfigurationRecorder",
  "DeleteConfigurationRecorder",
  "DisassociateResourceTypes",
  "PutDeliveryChannel",
  "DeleteDeliveryChannel"
]);
var harmless = /^(CreateLogStream|ConfirmSubscription|DetectStack\w*Drift)$/;
function changesGuard(detail, guardName) {
  const name = text(detail.eventName);
  if (name === "" || harmless.test(name) || flag(detail.readOnly) === true) return false;
  if (text(detail.eventCategory) === "Data") return false;
  return blinding.has(name) || namesStranger(detail) || guardPart(detail, guardName) !== "";
}
function guardPart(detail, guardName) {
  const texts = textsIn(objectAt(detail, "requestParameters"));
  return texts.find(([, value]) => bears(value, guardName))?.[1] ?? "";
}
function namesStranger(detail) {
  const request = objectAt(detail, "requestParameters");
  switch (text(detail.eventSource)) {
    case "apigateway.amazonaws.com":
      return text(request.restApiId) !== "";
    case "wafv2.amazonaws.com":
      return text(request.resourceArn).includes("/restapis/");
    case "iam.amazonaws.com":
      return text(request.roleName) !== "" && !isRoot(objectAt(detail, "userIdentity"));
    default:
      return false;
  }
}
function bears(value, guardName) {
  const logBuckets = logBucketPrefix(guardName);
  const parts = value.toLowerCase().split(/[/:]/);
  return parts.some((part) => part === guardName || part.startsWith(`${guardName}-`) || part.startsWith(logBuckets));
}

// handlers/notifier/sign-in.ts
var clientOfAws = /^arn:[\w-]+:signin:::(?!external-client)/;
function said(detail, ...names2) {
  const places = [objectAt(detail, "requestParameters"), objectAt(detail, "additionalEventData")];
  return places.flatMap((place) => names2.map((name) => text(place[name]))).find(Boolean) ?? "";
}
function renewsToken(detail) {
  return said(detail, "grant_type", "grantType").toLowerCase() === "refresh_token";
}
function letsApplicationIn(detail) {
  const client = said(detail, "client_id", "clientId");
  return said(detail, "resource") !== "" || client !== "" && !clientOfAws.test(client);
}
function applicationOf(detail) {
  const [to, resource] = [said(detail, "redirect_uri", "redirectUri"), said(detail, "resource")];
  return [to, resource].filter(Boolean).join(" → ") || said(detail, "client_id", "clientId");
}
function restrictsRoot(name, detail) {
  const request = objectAt(detail, "requestParameters");
  const [target, account] = [text(request.targetId), text(detail.recipientAccountId)];
  if (/^PutConsole/i.test(name)) return !/^\d+$/.test(target) || account === "" || target === account;
  const excluded = text(request.excludedPrincipal);
  return /^Put/i.test(name) && !(namesRoot(excluded) && excluded.includes(`::${account}:`));
}

// handlers/notifier/kinds.ts
var critical = { severity: "critical" };
var notable = { severity: "notable" };
var kinds = {
  "console-login": critical,
  "console-login-failed": notable,
  "password-changed": critical,
  "password-recovery": critical,
  "email-changed": critical,
  "access-key-created": critical,
  "access-key-activated": critical,
  "access-key-deactivated": notable,
  "access-key-deleted": notable,
  "mfa-added": critical,
  "mfa-removed": critical,
  "cli-login": critical,
  "app-authorized": critical,
  "token-renewed": notable,
  "sign-in-restricted": critical,
  "sign-in-policy-changed": notable,
  "temporary-credentials": critical,
  "assume-root": critical,
  "assume-root-session": notable,
  "account-closed": critical,
  "region-enabled": critical,
  "region-disabled": notable,
  "contacts-changed": critical,
  "guard-touched": critical,
  "drift-found": notable,
  "sign-in-anomaly": critical,
  noncompliant: critical,
  compliant: notable,
  "call-read": notable,
  "call-write": notable,
  other: notable
};
function kindOf(seen2) {
  const name = seen2.name.toLowerCase();
  if (changesGuard(seen2.detail, seen2.guardName)) return "guard-touched";
  for (const [kind, names2, when] of signs) {
    if (names2.some((one) => one.toLowerCase() === name) && (when === void 0 || when(seen2))) return kind;
  }
  if (!isCall(seen2)) return "other";
  return flag(seen2.detail.readOnly) === true ? "call-read" : "call-write";
}
function isCall({ detail }) {
  return text(detail.eventName) !== "" && ["", "AwsApiCall", "AwsConsoleAction"].includes(text(detail.eventType));
}
var signInPolicy = ["ConsoleAuthorizationConfiguration", "ResourcePermissionStatement"].flatMap((of) => [
  `Put${of}`,
  `Delete${of}`
]);
var signs = [
  ["console-login-failed", ["ConsoleLogin"], ({ failed }) => failed],
  ["console-login", ["ConsoleLogin"]],
  // Signin's PasswordUpdated is the older shape of a change of root's password, IAM's ChangePassword today's.
  ["password-changed", ["PasswordUpdated"]],
  ["password-changed", ["ChangePassword"], ofIam],
  ["password-changed", ["CreateLoginProfile", "UpdateLoginProfile"], own],
  ["password-recovery", ["PasswordRecoveryRequested", "PasswordRecoveryCompleted"]],
  ["email-changed", ["EmailUpdated", "StartPrimaryEmailUpdate", "AcceptPrimaryEmailUpdate"]],
  ["access-key-created", ["CreateAccessKey"], own],
  ["access-key-deactivated", ["UpdateAccessKey"], (seen2) => own(seen2) && says(seen2, "inactive")],
  ["access-key-activated", ["UpdateAccessKey"], own],
  ["access-key-deleted", ["DeleteAccessKey"], own],
  ["mfa-added", ["EnableMFADevice", "CreateVirtualMFADevice"], own],
  ["mfa-removed", ["DeactivateMFADevice", "DeleteVirtualMFADevice"], own],
  // `aws login` is no ConsoleLogin: its events are the two that an application makes as well, and of which one goes on for hours.
  ["token-renewed", ["CreateOAuth2Token"], ({ detail }) => renewsToken(detail)],
  ["app-authorized", ["AuthorizeOAuth2Access", "CreateOAuth2Token"], ({ detail }) => letsApplicationIn(detail)],
  ["app-authorized", ["CreateOAuth2TokenWithIAM"]],
  ["cli-login", ["AuthorizeOAuth2Access", "CreateOAuth2Token"]],
  ["sign-in-restricted", signInPolicy, ({ name, detail }) => restrictsRoot(name, detail)],
  ["sign-in-policy-changed", signInPolicy],
  ["temporary-credentials", ["GetSessionToken", "GetFederationToken"]],
  ["assume-root", ["AssumeRoot"]],
  ["account-closed", ["CloseAccount"]],
  ["region-disabled", ["DisableRegion"]],
  ["region-disabled", ["Region Opt-In Status Change"], (seen2) => says(seen2, "disabl")],
  ["region-enabled", ["EnableRegion", "Region Opt-In Status Change"]],
  ["contacts-changed", ["PutContactInformation", "PutAlternateContact", "DeleteAlternateContact", "PutAccountName"]],
  // Those of the billing console.
  ["contacts-changed", ["SetContactAddress", "SetAdditionalContacts", "SetAccountPreferences", "SetSecurityQuestions"]],
  ["drift-found", ["DriftFound"], ({ detail }) => text(detail.eventSource) === driftSource],
  ["sign-in-anomaly", ["Sign-in Anomaly Alert"]],
  ["noncompliant", ["Config Rules Compliance Change"], (seen2) => compliance(seen2) === "NON_COMPLIANT"],
  // NOT_APPLICABLE, too: root has no credentials. What cannot be read is told as an event without a verdict.
  ["compliant", ["Config Rules Compliance Change"], (seen2) => !["", "INSUFFICIENT_DATA"].includes(compliance(seen2))]
];
function ofIam({ detail }) {
  return ["", "iam.amazonaws.com"].includes(text(detail.eventSource));
}
function own({ detail }) {
  return isOfRoot(objectAt(detail, "requestParameters"));
}
function says({ detail }, status) {
  const said2 = text(objectAt(detail, "requestParameters").status) || text(detail.status);
  return said2.toLowerCase().startsWith(status);
}
function compliance({ detail }) {
  return text(objectAt(detail, "newEvaluationResult").complianceType).toUpperCase();
}

// handlers/notifier/subject.ts
var telling = ["serialNumber", "regionName", "alternateContactType", "targetPrincipal", "primaryEmail"];
var most = 300;
function subjectOf(kind, detail, guardName) {
  return subject(kind, detail, guardName).slice(0, most).trim();
}
function subject(kind, detail, guardName) {
  if (kind === "drift-found") return text(detail.found);
  if (kind === "noncompliant" || kind === "compliant") return rule(detail);
  if (kind === "region-enabled" || kind === "region-disabled") return region(detail);
  if (text(detail.eventName) === "") return everything(detail);
  if (kind === "app-authorized") return applicationOf(detail);
  const request = objectAt(detail, "requestParameters");
  if (kind === "assume-root") return rootTask(request);
  const part = kind === "guard-touched" ? guardPart(detail, guardName) : "";
  return part || key(request, detail) || user(request, named(request, telling)) || names(request);
}
function rule(detail) {
  const verdict = text(objectAt(detail, "newEvaluationResult").complianceType);
  const odd = ["COMPLIANT", "NON_COMPLIANT"].includes(verdict) ? "" : verdict;
  return [text(detail.configRuleName), odd].filter(Boolean).join(" · ");
}
function region(detail) {
  return named(objectAt(detail, "requestParameters"), ["regionName"]) || named(detail, ["regionName", "region"]);
}
function key(request, detail) {
  const made = objectAt(objectAt(detail, "responseElements"), "accessKey");
  return user(request, text(request.accessKeyId) || text(made.accessKeyId));
}
function user(request, what) {
  const name = text(request.userName);
  return what === "" ? "" : [namesRoot(name) ? "" : name, what].filter(Boolean).join(" · ");
}
function rootTask(request) {
  const policy = text(objectAt(request, "taskPolicyArn").arn) || text(request.taskPolicyArn);
  return [text(request.targetPrincipal), policy.split("/").at(-1)].filter(Boolean).join(" · ");
}
function named(fields2, wanted) {
  const entries = Object.entries(fields2);
  for (const name of wanted) {
    const found = entries.find(([own2, value]) => own2.toLowerCase() === name.toLowerCase() && text(value) !== "");
    if (found !== void 0) return text(found[1]);
  }
  return "";
}
function names(request) {
  const found = textsIn(request).filter(([name]) => /(name|arn|id|url|servicePrincipal)$/i.test(name));
  return [...new Set(found.map(([, value]) => value))].slice(0, 2).join(" · ");
}
function everything(detail) {
  return textsIn(detail).slice(0, 40).map(([name, value]) => `${name}=${value}`).join(", ");
}

// handlers/notifier/activity.ts
function readActivity(body, guardName) {
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return { refused: "the body is not JSON" };
  }
  if (!isObject(event)) return { refused: "the body is not an EventBridge event: a JSON object is expected" };
  for (const field of ["detail-type", "source"]) {
    if (text(event[field]) === "") return { refused: `the body is not an EventBridge event: ${field} is missing` };
  }
  if (!isObject(event.detail)) return { refused: "the body is not an EventBridge event: detail is not an object" };
  const detail = event.source === driftSource ? driftNews(event.detail) : event.detail;
  return { activity: activityOf(event, detail, guardName) };
}
function asAssumedSession(activity) {
  if (activity.actor !== "root") return activity;
  const kind = activity.severity === "critical" ? activity.kind : "assume-root-session";
  return { ...activity, assumed: true, kind, severity: kinds[kind].severity };
}
function activityOf(event, detail, guardName) {
  const identity = objectAt(detail, "userIdentity");
  const source = String(event.source);
  const official = /^aws\.(?!partner\/)/.test(source);
  const name = text(detail.eventName) || text(event["detail-type"]);
  const account = text(event.account) || text(detail.recipientAccountId);
  const caller = callerOf(identity, account);
  const failure = failureOf(detail);
  const kind = kindOf({ name, detail, failed: failure !== void 0, guardName });
  const late = lateOf(detail);
  const trailId = trailDrillId(event, detail, guardName);
  const activity = {
    id: trailId || idOf(event, recordId(detail, late) || (official ? "" : text(event.id)), official),
    kind,
    severity: severityOf(kind, mfaOf(detail, identity)),
    drill: trailId === "" ? drillWish(event, detail) : { check: true, channels: [], tookIn: text(event.region) },
    official,
    recorded: official && text(detail.eventID) !== "",
    source,
    name,
    service: text(detail.eventSource) || source,
    subject: subjectOf(kind, detail, guardName),
    readOnly: flag(detail.readOnly),
    actor: actorOf(identity),
    identity: caller.identity,
    accessKey: text(identity.accessKeyId),
    assumed: flag(objectAt(identity, "sessionContext").assumedRoot) === true,
    // A forged answer must not make somebody's key look like one of AssumeRoot's.
    madeKey: official && kind === "assume-root" ? text(credentialsOf(detail).accessKeyId) : "",
    caller: caller.account,
    account,
    region: text(detail.awsRegion) || text(event.region),
    time: timeOf(detail.eventTime) ?? timeOf(event.time),
    late,
    failure,
    mfa: mfaOf(detail, identity),
    sourceIp: text(detail.sourceIPAddress),
    userAgent: text(detail.userAgent)
  };
  return activity.assumed ? asAssumedSession(activity) : activity;
}
function recordId(detail, late) {
  const original = late?.reason === "UPDATED_DATA" ? text(objectAt(detail, "addendum").originalEventID) : "";
  return original || text(detail.eventID) || text(detail.eventId);
}
function lateOf(detail) {
  return isObject(detail.addendum) ? { reason: text(detail.addendum.reason) } : void 0;
}
function credentialsOf(detail) {
  return objectAt(objectAt(detail, "responseElements"), "credentials");
}
function idOf(event, own2, official) {
  const parts = official ? [own2] : [String(event.source), own2];
  if (parts.every((part) => /^[\w.-]{1,64}$/.test(part))) return parts.join("~");
  const said2 = own2 + contentOf(event);
  return (official ? "" : "~") + (0, import_node_crypto.createHash)("sha256").update(said2).digest("hex");
}
function contentOf({ account, source, detail, time, id, ...event }) {
  try {
    const said2 = JSON.stringify([account, source, event["detail-type"], detail], inOrder);
    return /\dT\d\d:/.test(said2) ? said2 : said2 + text(time).slice(0, 13);
  } catch {
    return text(id);
  }
}
function inOrder(_, value) {
  return isObject(value) ? Object.entries(value).sort() : value;
}
function severityOf(kind, mfa) {
  return kind === "console-login-failed" && mfa === "used" ? "critical" : kinds[kind].severity;
}
function actorOf(identity) {
  if (isRoot(identity)) return "root";
  return text(identity.type) === "" ? "unknown" : "other";
}
function mfaOf(detail, identity) {
  const attributes = objectAt(objectAt(identity, "sessionContext"), "attributes");
  const said2 = text(objectAt(detail, "additionalEventData").MFAUsed) || text(attributes.mfaAuthenticated);
  const word = said2.toLowerCase();
  if (word === "yes" || word === "true") return "used";
  if (word === "no" || word === "false") return "not-used";
  return "unknown";
}
function timeOf(value) {
  const written = text(value);
  const time = new Date(/^\d{4}-\d\d-\d\dT/.test(written) ? written : Number.NaN);
  return Number.isNaN(time.getTime()) ? void 0 : time;
}

// node_modules/valibot/dist/index.mjs
var store$4;
var DEFAULT_CONFIG = {
  lang: void 0,
  message: void 0,
  abortEarly: void 0,
  abortPipeEarly: void 0
};
// @__NO_SIDE_EFFECTS__
function getGlobalConfig(config$1) {
  if (!config$1 && !store$4) return DEFAULT_CONFIG;
  return {
    lang: config$1?.lang ?? store$4?.lang,
    message: config$1?.message,
    abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
    abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
  };
}
var store$3;
// @__NO_SIDE_EFFECTS__
function getGlobalMessage(lang) {
  return store$3?.get(lang);
}
var store$2;
// @__NO_SIDE_EFFECTS__
function getSchemaMessage(lang) {
  return store$2?.get(lang);
}
var store$1;
// @__NO_SIDE_EFFECTS__
function getSpecificMessage(reference, lang) {
  return store$1?.get(reference)?.get(lang);
}
// @__NO_SIDE_EFFECTS__
function _stringify(input) {
  const type = typeof input;
  if (type === "string") return `"${input}"`;
  if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
  if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
  return type;
}
function _addIssue(context, label, dataset, config$1, other) {
  const input = other && "input" in other ? other.input : dataset.value;
  const expected = other?.expected ?? context.expects ?? null;
  const received = other?.received ?? /* @__PURE__ */ _stringify(input);
  const issue = {
    kind: context.kind,
    type: context.type,
    input,
    expected,
    received,
    message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
    requirement: context.requirement,
    path: other?.path,
    issues: other?.issues,
    lang: config$1.lang,
    abortEarly: config$1.abortEarly,
    abortPipeEarly: config$1.abortPipeEarly
  };
  const isSchema = context.kind === "schema";
  const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
  if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
  if (isSchema) dataset.typed = false;
  if (dataset.issues) dataset.issues.push(issue);
  else dataset.issues = [issue];
}
// @__NO_SIDE_EFFECTS__
function _isSameValueZero(value1, value2) {
  return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
// @__NO_SIDE_EFFECTS__
function _isValidObjectKey(object$1, key2) {
  return Object.prototype.hasOwnProperty.call(object$1, key2) && key2 !== "__proto__" && key2 !== "prototype" && key2 !== "constructor";
}
// @__NO_SIDE_EFFECTS__
function _joinExpects(values$1, separator) {
  const list = [...new Set(values$1)];
  if (list.length > 1) return `(${list.join(` ${separator} `)})`;
  return list[0] ?? "never";
}
function _standardSchema(schema) {
  schema["~standard"] = {
    version: 1,
    vendor: "valibot",
    validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
  };
  return schema;
}
// @__NO_SIDE_EFFECTS__
function getDotPath(issue) {
  if (issue.path) {
    let key2 = "";
    for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key2) key2 += `.${item.key}`;
    else key2 += item.key;
    else return null;
    return key2;
  }
  return null;
}
var ValiError = class extends Error {
  /**
  * Creates a Valibot error with useful information.
  *
  * @param issues The error issues.
  */
  constructor(issues) {
    super(issues[0].message);
    this.name = "ValiError";
    this.issues = issues;
  }
};
// @__NO_SIDE_EFFECTS__
function nonEmpty(message$1) {
  return {
    kind: "validation",
    type: "non_empty",
    reference: nonEmpty,
    async: false,
    expects: "!0",
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function regex(requirement, message$1) {
  return {
    kind: "validation",
    type: "regex",
    reference: regex,
    async: false,
    expects: `${requirement}`,
    requirement,
    message: message$1,
    "~run"(dataset, config$1) {
      if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
      return dataset;
    }
  };
}
// @__NO_SIDE_EFFECTS__
function transform(operation) {
  return {
    kind: "transformation",
    type: "transform",
    reference: transform,
    async: false,
    operation,
    "~run"(dataset) {
      dataset.value = this.operation(dataset.value);
      return dataset;
    }
  };
}
var ABORT_EARLY_CONFIG = { abortEarly: true };
// @__NO_SIDE_EFFECTS__
function getFallback(schema, dataset, config$1) {
  return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
// @__NO_SIDE_EFFECTS__
function getDefault(schema, dataset, config$1) {
  return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
// @__NO_SIDE_EFFECTS__
function is(schema, input) {
  return !schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
}
// @__NO_SIDE_EFFECTS__
function any() {
  return _standardSchema({
    kind: "schema",
    type: "any",
    reference: any,
    expects: "any",
    async: false,
    "~run"(dataset) {
      dataset.typed = true;
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function array(item, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "array",
    reference: array,
    expects: "Array",
    async: false,
    item,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (Array.isArray(input)) {
        dataset.typed = true;
        dataset.value = [];
        for (let key2 = 0; key2 < input.length; key2++) {
          const value$1 = input[key2];
          const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
          if (itemDataset.issues) {
            const pathItem = {
              type: "array",
              origin: "value",
              input,
              key: key2,
              value: value$1
            };
            for (const issue of itemDataset.issues) {
              if (issue.path) issue.path.unshift(pathItem);
              else issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = itemDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          if (!itemDataset.typed) dataset.typed = false;
          dataset.value.push(itemDataset.value);
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function boolean(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "boolean",
    reference: boolean,
    expects: "boolean",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "boolean") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function literal(literal_, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "literal",
    reference: literal,
    expects: /* @__PURE__ */ _stringify(literal_),
    async: false,
    literal: literal_,
    message: message$1,
    "~run"(dataset, config$1) {
      if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function nullish(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "nullish",
    reference: nullish,
    expects: `(${wrapped.expects} | null | undefined)`,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      if (dataset.value === null || dataset.value === void 0) {
        if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
        if (dataset.value === null || dataset.value === void 0) {
          dataset.typed = true;
          return dataset;
        }
      }
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function number(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "number",
    reference: number,
    expects: "number",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function object(entries$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "object",
    reference: object,
    expects: "Object",
    async: false,
    entries: entries$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const key2 in this.entries) {
          const valueSchema = this.entries[key2];
          if (key2 in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
            const value$1 = key2 in input ? input[key2] : /* @__PURE__ */ getDefault(valueSchema);
            const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
            if (valueDataset.issues) {
              const pathItem = {
                type: "object",
                origin: "value",
                input,
                key: key2,
                value: value$1
              };
              for (const issue of valueDataset.issues) {
                if (issue.path) issue.path.unshift(pathItem);
                else issue.path = [pathItem];
                dataset.issues?.push(issue);
              }
              if (!dataset.issues) dataset.issues = valueDataset.issues;
              if (config$1.abortEarly) {
                dataset.typed = false;
                break;
              }
            }
            if (!valueDataset.typed) dataset.typed = false;
            dataset.value[key2] = valueDataset.value;
          } else if (valueSchema.fallback !== void 0) dataset.value[key2] = /* @__PURE__ */ getFallback(valueSchema);
          else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
            _addIssue(this, "key", dataset, config$1, {
              input: void 0,
              expected: `"${key2}"`,
              path: [{
                type: "object",
                origin: "key",
                input,
                key: key2,
                value: input[key2]
              }]
            });
            if (config$1.abortEarly) break;
          }
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function optional(wrapped, default_) {
  return _standardSchema({
    kind: "schema",
    type: "optional",
    reference: optional,
    expects: `(${wrapped.expects} | undefined)`,
    async: false,
    wrapped,
    default: default_,
    "~run"(dataset, config$1) {
      if (dataset.value === void 0) {
        if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
        if (dataset.value === void 0) {
          dataset.typed = true;
          return dataset;
        }
      }
      return this.wrapped["~run"](dataset, config$1);
    }
  });
}
// @__NO_SIDE_EFFECTS__
function picklist(options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "picklist",
    reference: picklist,
    expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
    async: false,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      if (this.options.includes(dataset.value)) dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function record(key2, value$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "record",
    reference: record,
    expects: "Object",
    async: false,
    key: key2,
    value: value$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
          const entryValue = input[entryKey];
          const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
          if (keyDataset.issues) {
            const pathItem = {
              type: "object",
              origin: "key",
              input,
              key: entryKey,
              value: entryValue
            };
            for (const issue of keyDataset.issues) {
              issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = keyDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
          if (valueDataset.issues) {
            const pathItem = {
              type: "object",
              origin: "value",
              input,
              key: entryKey,
              value: entryValue
            };
            for (const issue of valueDataset.issues) {
              if (issue.path) issue.path.unshift(pathItem);
              else issue.path = [pathItem];
              dataset.issues?.push(issue);
            }
            if (!dataset.issues) dataset.issues = valueDataset.issues;
            if (config$1.abortEarly) {
              dataset.typed = false;
              break;
            }
          }
          if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
          if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function strictObject(entries$1, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "strict_object",
    reference: strictObject,
    expects: "Object",
    async: false,
    entries: entries$1,
    message: message$1,
    "~run"(dataset, config$1) {
      const input = dataset.value;
      if (input && typeof input === "object") {
        dataset.typed = true;
        dataset.value = {};
        for (const key2 in this.entries) {
          const valueSchema = this.entries[key2];
          if (key2 in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
            const value$1 = key2 in input ? input[key2] : /* @__PURE__ */ getDefault(valueSchema);
            const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
            if (valueDataset.issues) {
              const pathItem = {
                type: "object",
                origin: "value",
                input,
                key: key2,
                value: value$1
              };
              for (const issue of valueDataset.issues) {
                if (issue.path) issue.path.unshift(pathItem);
                else issue.path = [pathItem];
                dataset.issues?.push(issue);
              }
              if (!dataset.issues) dataset.issues = valueDataset.issues;
              if (config$1.abortEarly) {
                dataset.typed = false;
                break;
              }
            }
            if (!valueDataset.typed) dataset.typed = false;
            dataset.value[key2] = valueDataset.value;
          } else if (valueSchema.fallback !== void 0) dataset.value[key2] = /* @__PURE__ */ getFallback(valueSchema);
          else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
            _addIssue(this, "key", dataset, config$1, {
              input: void 0,
              expected: `"${key2}"`,
              path: [{
                type: "object",
                origin: "key",
                input,
                key: key2,
                value: input[key2]
              }]
            });
            if (config$1.abortEarly) break;
          }
        }
        if (!dataset.issues || !config$1.abortEarly) {
          for (const key2 in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key2)) {
            _addIssue(this, "key", dataset, config$1, {
              input: key2,
              expected: "never",
              path: [{
                type: "object",
                origin: "key",
                input,
                key: key2,
                value: input[key2]
              }]
            });
            break;
          }
        }
      } else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function string(message$1) {
  return _standardSchema({
    kind: "schema",
    type: "string",
    reference: string,
    expects: "string",
    async: false,
    message: message$1,
    "~run"(dataset, config$1) {
      if (typeof dataset.value === "string") dataset.typed = true;
      else _addIssue(this, "type", dataset, config$1);
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function _subIssues(datasets) {
  let issues;
  if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
  else issues = dataset.issues;
  return issues;
}
// @__NO_SIDE_EFFECTS__
function union(options, message$1) {
  return _standardSchema({
    kind: "schema",
    type: "union",
    reference: union,
    expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
    async: false,
    options,
    message: message$1,
    "~run"(dataset, config$1) {
      let validDataset;
      let typedDatasets;
      let untypedDatasets;
      for (const schema of this.options) {
        const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
        if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
        else typedDatasets = [optionDataset];
        else {
          validDataset = optionDataset;
          break;
        }
        else if (untypedDatasets) untypedDatasets.push(optionDataset);
        else untypedDatasets = [optionDataset];
      }
      if (validDataset) return validDataset;
      if (typedDatasets) {
        if (typedDatasets.length === 1) return typedDatasets[0];
        _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
        dataset.typed = true;
      } else if (untypedDatasets?.length === 1) return untypedDatasets[0];
      else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
      return dataset;
    }
  });
}
function parse(schema, input, config$1) {
  const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
  if (dataset.issues) throw new ValiError(dataset.issues);
  return dataset.value;
}
// @__NO_SIDE_EFFECTS__
function pipe(...pipe$1) {
  return _standardSchema({
    ...pipe$1[0],
    pipe: pipe$1,
    "~run"(dataset, config$1) {
      for (const item of pipe$1) if (item.kind !== "metadata") {
        if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
          dataset.typed = false;
          break;
        }
        if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
      }
      return dataset;
    }
  });
}
// @__NO_SIDE_EFFECTS__
function safeParse(schema, input, config$1) {
  const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
  return {
    typed: dataset.typed,
    success: !dataset.issues,
    output: dataset.value,
    issues: dataset.issues
  };
}

// handlers/notifier/table.ts
function table(callAws, name, timeoutMs) {
  const call = (action, input) => callAws({
    service: "dynamodb",
    target: `DynamoDB_20120810.${action}`,
    input: { TableName: name, ...input },
    timeoutMs
  });
  async function held(action, input) {
    try {
      await call(action, input);
      return true;
    } catch (error) {
      if (error.type === "ConditionalCheckFailedException") return false;
      throw error;
    }
  }
  return {
    query: async (alert, most2 = Number.POSITIVE_INFINITY) => {
      const items = [];
      let from;
      do {
        const page = parse(
          queryAnswer,
          await call("Query", {
            ConsistentRead: true,
            KeyConditionExpression: "alert = :alert",
            ExpressionAttributeValues: { ":alert": { S: alert } },
            ...from === void 0 ? {} : { ExclusiveStartKey: from }
          })
        );
        items.push(...page.Items);
        from = page.LastEvaluatedKey ?? void 0;
      } while (from !== void 0 && items.length < most2);
      return items;
    },
    get: async (alert, delivery) => {
      const answer2 = parse(getAnswer, await call("GetItem", { ConsistentRead: true, Key: keyOf(alert, delivery) }));
      return answer2.Item;
    },
    put: async (item) => {
      await call("PutItem", { Item: item });
    },
    update: (alert, delivery, update) => held("UpdateItem", { Key: keyOf(alert, delivery), ...update })
  };
}
function keyOf(alert, delivery) {
  return { alert: { S: alert }, delivery: { S: delivery } };
}
function expires(now) {
  return { N: String(Math.floor(now / 1e3) + 30 * 86400) };
}
var queryAnswer = object({ Items: array(record(string(), any())), LastEvaluatedKey: nullish(any()) });
var getAnswer = object({ Item: nullish(record(string(), any())) });

// handlers/notifier/assumed-keys.ts
var assumedKey = "#assumed keys";
var temporaryKey = /^ASIA[A-Z0-9]{12,28}$/;
async function rememberKey(table2, { madeKey, official }, now) {
  if (!official || !temporaryKey.test(madeKey)) return;
  await table2.put({ alert: { S: assumedKey }, delivery: { S: madeKey }, expires: expires(now) });
}
async function isAssumed(table2, { actor, official, accessKey }) {
  if (actor !== "root" || !official || !temporaryKey.test(accessKey)) return false;
  return await table2.get(assumedKey, accessKey) !== void 0;
}

// handlers/notifier/claims.ts
var ownKey = "alert";
var leaseMs = 6500;
function claims(table2, ending, now) {
  return {
    take: (alert) => table2.update(alert, ownKey, {
      UpdateExpression: "SET lease = :lease, expires = :expires",
      ConditionExpression: "attribute_not_exists(lease) OR lease < :now",
      ExpressionAttributeValues: {
        ":lease": { N: String(now() + leaseMs) },
        ":expires": expires(now()),
        ":now": { N: String(now()) }
      }
    }),
    tell: async (alert) => {
      await ending.update(alert, ownKey, {
        UpdateExpression: "SET told = :yes, expires = :expires",
        ExpressionAttributeValues: { ":yes": { N: "1" }, ":expires": expires(now()) }
      });
    },
    release: async (alert, left = {}) => {
      const named3 = Object.entries(left);
      await ending.update(alert, ownKey, {
        UpdateExpression: `SET lease = :none, expires = :expires${named3.map(([name]) => `, ${name} = :${name}`).join("")}`,
        ExpressionAttributeValues: {
          ":none": { N: "0" },
          ":expires": expires(now()),
          ...Object.fromEntries(named3.map(([name, S]) => [`:${name}`, { S }]))
        }
      });
    }
  };
}
function ownItem(items) {
  return items.find(({ delivery }) => delivery?.S === ownKey);
}
function isTold(items) {
  return ownItem(items)?.told !== void 0;
}
function countedIn(items) {
  return ownItem(items)?.counted?.S;
}

// handlers/notifier/drills.ts
var drillsADay = 30;
function takeDrill(table2, { check: check2 }, day, now) {
  return table2.update("#drills", check2 ? `${day} check` : day, {
    UpdateExpression: "ADD taken :one SET expires = :expires",
    ConditionExpression: "attribute_not_exists(taken) OR taken < :most",
    ExpressionAttributeValues: { ":one": { N: "1" }, ":most": { N: String(drillsADay) }, ":expires": expires(now) }
  });
}

// handlers/notifier/loudness.ts
var minute = 6e4;
function gatheringOf(activity) {
  const { drill, official, severity, kind, name, failure } = activity;
  if (drill) return void 0;
  if (!official) return { name: "not from AWS", of: "notable", lengthMs: 10 * minute };
  if (byStranger(activity)) return { name: kind, of: kind, lengthMs: 10 * minute };
  if (failedByOthers(activity)) return { name: "failures", of: "failures", lengthMs: 10 * minute };
  if (severity === "notable") return { name: severity, of: severity, lengthMs: 10 * minute };
  if (kind === "guard-touched") return { name: `${kind} ${name.slice(0, 60)}`, of: kind, lengthMs: minute };
  return { name: failure === void 0 ? kind : `${kind} failed`, of: kind, lengthMs: minute };
}
function mayUseReserve(activity) {
  const { drill, official, severity } = activity;
  return severity === "critical" && official && !drill && !byStranger(activity) && !failedByOthers(activity);
}
function byStranger({ kind, severity }) {
  return kind === "password-recovery" || kind === "console-login-failed" && severity === "notable";
}
function failedByOthers({ actor, failure, kind }) {
  return actor === "other" && failure !== void 0 && kind !== "console-login-failed";
}

// handlers/notifier/redact.ts
function maskRecipient(recipient) {
  return recipient.length < 10 ? `****${recipient.slice(-2)}` : `${recipient.slice(0, 3)}****${recipient.slice(-4)}`;
}
function redactReason(text3, secret4) {
  return redactCode(text3, secret4).replace(/\+?\d[\d\s()./\u2010-\u2015-]{7,}\d/g, "****");
}
function redactCode(text3, secret4) {
  let out = text3;
  const values = stringsIn(secret4).sort((one, other) => other.length - one.length);
  for (const value of values) if (value.length > 3) out = out.replaceAll(value, "****");
  return out.slice(0, 200);
}
function stringsIn(value) {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

// handlers/notifier/report.ts
var metricOf = {
  SmsCapReached: "LimitReached",
  DrillsRefused: "LimitReached",
  RecordsUnavailable: "PartUnusable",
  SecretsUnreadable: "PartUnusable"
};
function reporter(guard, log, now) {
  const line = (level, fields2) => log(JSON.stringify({ level, ...fields2 }));
  const metrics = (dimensions, names2) => ({
    Guard: guard,
    _aws: {
      Timestamp: now(),
      CloudWatchMetrics: [{ Namespace: "RootGuard", Dimensions: dimensions, Metrics: names2 }]
    }
  });
  return {
    line,
    metric: (counted, fields2) => {
      const Name = metricOf[counted];
      line("error", { ...fields2, [counted]: 1, [Name]: 1, ...metrics([["Guard"]], [{ Name, Unit: "Count" }]) });
    },
    drill: (alert, region2) => {
      const byRegion = region2 === relayWithDrills ? { Region: region2 } : {};
      const dimensions = [["Guard"], ..."Region" in byRegion ? [["Guard", "Region"]] : []];
      line("info", { alert, ...byRegion, Drills: 1, ...metrics(dimensions, [{ Name: "Drills", Unit: "Count" }]) });
    },
    delivery: (alert, delivery) => {
      const failed = failureOf2(delivery);
      line(isWell(delivery) ? "info" : "error", {
        alert,
        ...shown(delivery),
        ...failed,
        Channel: delivery.channel,
        Outcome: delivery.outcome,
        // Each metric is billed by the hour in which it is written. A check hands nothing over, and the time is in the line.
        ...delivery.outcome === "ready" ? {} : {
          Deliveries: 1,
          ...metrics(
            [["Guard", "Channel", "Outcome"], ...Object.keys(failed).map((name) => ["Guard", name])],
            [{ Name: "Deliveries", Unit: "Count" }]
          )
        }
      });
    }
  };
}
function failureOf2(delivery) {
  if (isWell(delivery) || delivery.code === "sms-cap") return {};
  return { Failure: delivery.outcome === "permanent" ? "refused" : "unsure" };
}
function isWell({ outcome }) {
  return outcome === "accepted" || outcome === "ready";
}
function shown(delivery) {
  return { ...delivery, recipient: delivery.recipient === "" ? "" : maskRecipient(delivery.recipient) };
}

// handlers/notifier/settings.ts
function channelsOf({ routes }) {
  return [...new Set(Object.values(routes).flat())];
}

// handlers/notifier/sms-cap.ts
var spentKey = "#sms";
function smsCap(table2, cap, now) {
  const spent = /* @__PURE__ */ new Map();
  async function add(day, count, limit) {
    return table2.update(spentKey, day, {
      UpdateExpression: "ADD spent :count SET expires = :expires",
      ...limit === void 0 ? {} : { ConditionExpression: "attribute_not_exists(spent) OR spent < :limit" },
      ExpressionAttributeValues: {
        ":count": { N: String(count) },
        ":expires": expires(now()),
        ...limit === void 0 ? {} : { ":limit": { N: String(limit) } }
      }
    });
  }
  return {
    take: async (day, reserve, askTable2) => {
      const limit = reserve ? 2 * cap : cap;
      const known = spent.get(day) ?? 0;
      if (known >= limit) return false;
      const taken = askTable2 ? await add(day, 1, limit).catch(() => true) : true;
      spent.set(day, taken ? known + 1 : limit);
      return taken;
    },
    giveBack: async (day, count, askTable2) => {
      spent.set(day, (spent.get(day) ?? 0) - count);
      if (askTable2) await add(day, -count);
    }
  };
}
function dayIn(timeZone, time) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const { year, month, day } = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

// handlers/notifier/tell.ts
var import_promises2 = require("node:timers/promises");

// handlers/notifier/check.ts
var import_node_crypto5 = require("node:crypto");

// handlers/notifier/channels/ask.ts
var import_node_crypto2 = require("node:crypto");
async function askProvider({ check: check2 = [] }, given, send2) {
  const outcomes2 = await Promise.all(
    check2.map(async ({ request, classify: classify2 }) => {
      const asking2 = { ...given, salt: (0, import_node_crypto2.randomBytes)(16).toString("hex") };
      return classify2(await send2(request(asking2)), asking2);
    })
  );
  const no = outcomes2.find(({ outcome }) => outcome !== "accepted");
  const remark = outcomes2.map((one) => one.outcome === "accepted" && one.remark || "").find((one) => one !== "");
  return shown2(
    no ?? { outcome: "accepted", code: "not-asked", ...outcomes2.at(-1), ...remark && { remark } },
    given.secret
  );
}
function shown2(outcome, secret4) {
  const code = redactCode(outcome.code, secret4);
  if (outcome.outcome === "accepted") return { ...outcome, code };
  return { ...outcome, code, reason: redactReason(outcome.reason, secret4) };
}

// handlers/notifier/attempt.ts
var import_node_crypto3 = require("node:crypto");
var import_promises = require("node:timers/promises");
var roomMs = 700;
var pausesMs = [150, 450];
async function attempt({ alert, means, stop, recipient, until }) {
  let { secret: secret4 } = stop;
  let amend = {};
  let remark = stop.stale;
  let refreshed = false;
  for (let tries = 1; ; tries++) {
    const outcome = await sendOnce({ alert, means, stop, recipient, until }, secret4, amend);
    const result = { ...shown3(outcome, secret4), tries };
    if (outcome.outcome === "accepted") return { ...result, reason: redactReason(remark, secret4) };
    if (outcome.outcome === "ambiguous" || tries > pausesMs.length) return result;
    if (outcome.outcome === "permanent") {
      if (refreshed || means.now() + roomMs > until) return result;
      refreshed = true;
      const state2 = await means.secrets.reread(stop.channel);
      if (state2 === void 0 || !("secret" in state2) || means.now() + roomMs > until) return result;
      secret4 = state2.secret;
      continue;
    }
    const { afterMs = outcome.again?.amend ? 0 : pausesMs[tries - 1], amend: asked } = outcome.again ?? {};
    if (means.now() + (afterMs ?? 0) + roomMs > until) return result;
    if (asked !== void 0) remark = outcome.reason;
    amend = { ...amend, ...asked };
    await (0, import_promises.setTimeout)(afterMs);
  }
}
async function sendOnce({ alert, means, stop: { channel }, recipient, until }, secret4, amend) {
  let request;
  try {
    request = channel.request({
      url: means.urlOf(channel),
      secret: secret4,
      recipient,
      message: alert.message,
      long: means.long,
      alertId: alert.id,
      now: new Date(means.now()),
      salt: (0, import_node_crypto3.randomBytes)(16).toString("hex"),
      amend
    });
    return channel.classify(await means.send(request, Math.max(1, until - means.now())));
  } catch (error) {
    const outcome = request === void 0 ? "retryable" : "ambiguous";
    return { outcome, code: "defect", reason: error.message };
  }
}
function shown3(outcome, secret4) {
  return {
    outcome: outcome.outcome,
    code: redactCode(outcome.code, secret4),
    reason: outcome.outcome === "accepted" ? "" : redactReason(outcome.reason, secret4)
  };
}

// handlers/notifier/records.ts
var import_node_crypto4 = require("node:crypto");
function deliveryKey(route, recipient) {
  return `${route}#${(0, import_node_crypto4.createHash)("sha256").update(recipient).digest("hex").slice(0, 16)}`;
}
function recordKey(record2) {
  const { route, channel, recipient, outcome } = record2;
  return deliveryKey(outcome === "accepted" ? route : `${route}/${channel}`, recipient);
}
var mostRemembered = 500;
function deliveryRecords(table2) {
  const memory = /* @__PURE__ */ new Map();
  function remember(alertId, record2) {
    const { outcome, attempts } = record2;
    const deliveries = memory.get(alertId) ?? /* @__PURE__ */ new Map();
    memory.set(alertId, deliveries.set(recordKey(record2), { outcome, attempts }));
    const [oldest] = memory.keys();
    if (memory.size > mostRemembered && oldest !== void 0) memory.delete(oldest);
  }
  return {
    among: (alertId, items) => {
      const known = new Map(items.flatMap(recordOf));
      for (const [key2, record2] of memory.get(alertId) ?? []) {
        if (record2.attempts > (known.get(key2)?.attempts ?? 0)) known.set(key2, record2);
      }
      return known;
    },
    write: async (alertId, record2) => {
      const { route, recipient, channel, outcome, code, attempts, ms, at } = record2;
      if (outcome !== "ready") remember(alertId, { ...record2, outcome });
      await table2.put({
        alert: { S: alertId },
        delivery: { S: recordKey(record2) },
        route: { S: route },
        recipient: { S: maskRecipient(recipient) },
        channel: { S: channel },
        outcome: { S: outcome },
        code: { S: code },
        attempts: { N: String(attempts) },
        ms: { N: String(ms) },
        at: { S: at.toISOString() },
        expires: expires(at.getTime())
      });
    }
  };
}
var outcomes = ["accepted", "retryable", "permanent", "ambiguous"];
function recordOf(item) {
  const parsed = safeParse(deliveryItem, item);
  if (!parsed.success) return [];
  const { delivery, outcome, attempts } = parsed.output;
  return [[delivery.S, { outcome: outcome.S, attempts: Number(attempts.N) }]];
}
var deliveryItem = object({
  delivery: object({ S: string() }),
  outcome: object({ S: picklist(outcomes) }),
  attempts: object({ N: string() })
});

// handlers/notifier/engine.ts
var ambiguousTries = 3;
var mostAmbiguousTries = 20;
async function deliver(alert, means) {
  const routes = Object.entries(means.routes).map(([route, names2]) => carryRoute(alert, means, route, names2));
  return (await Promise.all(routes)).flat();
}
function answerStatus(deliveries) {
  const open = (d) => d.outcome === "retryable" || d.outcome === "ambiguous" && d.attempts < ambiguousTries;
  const reached = deliveries.some(({ outcome }) => outcome === "accepted");
  if (reached) return deliveries.some(open) ? 503 : 202;
  const exhausted = deliveries.some((d) => d.outcome === "ambiguous" && d.attempts >= mostAmbiguousTries);
  return exhausted && !deliveries.some((d) => d.outcome === "retryable") ? 422 : 503;
}
async function carryRoute(alert, means, route, names2) {
  const { stops, unready } = await stopsOf(means, route, names2);
  const [first] = stops;
  if (first === void 0) return unready;
  const reach = reacher({ alert, means, route, stops });
  const deliveries = await Promise.all(first.recipients.map((recipient) => reach(0, recipient)));
  const all = [...new Set(deliveries.flat())];
  return all.some(({ outcome }) => outcome === "accepted") ? all : [...unready, ...all];
}
async function stopsOf(means, route, names2) {
  const stops = [];
  const unready = [];
  const states = await Promise.all(names2.map((name) => means.secrets.read(means.channels[name])));
  for (const [index, state2] of states.entries()) {
    const channel = means.channels[names2[index]];
    if ("secret" in state2) {
      const { secret: secret4, stale = "" } = state2;
      stops.push({ channel, secret: secret4, stale, recipients: channel.recipients(secret4) });
    } else {
      const counts = { ms: 0, tries: 0, attempts: 1, earlier: false };
      unready.push({ route, channel: channel.name, recipient: "", ...state2, ...counts });
    }
  }
  for (const delivery of unready) means.log(delivery);
  return { stops, unready };
}
function reacher(journey) {
  const asked = /* @__PURE__ */ new Map();
  function reach(index, recipient) {
    const key2 = `${index} ${recipient}`;
    const reached = asked.get(key2) ?? tryFrom(index, recipient);
    asked.set(key2, reached);
    return reached;
  }
  async function tryFrom(index, recipient) {
    const delivery = await tryStop(journey, index, recipient);
    const next = journey.stops[index + 1];
    if (delivery.outcome === "accepted" || next === void 0) return [delivery];
    const known = next.recipients.includes(recipient);
    const standIns = known ? [recipient] : next.recipients;
    const later = (await Promise.all(standIns.map((standIn) => reach(index + 1, standIn)))).flat();
    if (later.some((d) => d.outcome === "accepted")) return later;
    return known ? later.map((d) => moreHopeful(delivery, d)) : [delivery, ...later];
  }
  return reach;
}
function moreHopeful(one, other) {
  const hope = ["permanent", "ambiguous", "retryable", "accepted"];
  return hope.indexOf(one.outcome) > hope.indexOf(other.outcome) ? one : other;
}
async function tryStop({ alert, means, route, stops }, index, recipient) {
  const stop = stops[index];
  const base = { route, channel: stop.channel.name, recipient };
  const lost = means.before.get(recordKey({ ...base, outcome: "ambiguous" }));
  const before = means.before.get(recordKey({ ...base, outcome: "accepted" })) ?? lost;
  if (before !== void 0 && isSettled(before, means.before)) {
    return { ...base, ...before, code: "earlier", reason: "", ms: 0, tries: 0, earlier: true };
  }
  const started = means.now();
  const until = started + Math.max(1, Math.floor((means.deadline - started) / (stops.length - index)));
  const mayTry = !stop.channel.sms || await means.sms.take();
  const result = mayTry ? await attempt({ alert, means, stop, recipient, until }) : overCap;
  const delivery = {
    ...base,
    ...result,
    ms: means.now() - started,
    attempts: (before?.attempts ?? 0) + 1,
    earlier: false
  };
  means.log(delivery);
  if (delivery.outcome === "accepted" || delivery.outcome === "ambiguous") {
    await means.keep({ ...delivery, at: new Date(means.now()) });
  } else if (stop.channel.sms && mayTry) means.sms.giveBack();
  return delivery;
}
var overCap = {
  outcome: "permanent",
  code: "sms-cap",
  reason: "the day's cap on SMS is used up (sms.dailyCap in root-guard.yaml)",
  tries: 0
};
function isSettled({ outcome, attempts }, records) {
  if (outcome !== "ambiguous") return outcome === "accepted";
  const reached = [...records.values()].some((record2) => record2.outcome === "accepted");
  return attempts >= (reached ? ambiguousTries : mostAmbiguousTries);
}

// handlers/notifier/check.ts
async function check(alert, means) {
  const routes = Object.entries(means.routes).map(async ([route, names2]) => {
    const { stops, unready } = await stopsOf(means, route, names2);
    const checked = stops.flatMap(
      (stop) => stop.recipients.map((recipient) => checkOne(alert, means, stop, { route, recipient }))
    );
    return [...unready, ...await Promise.all(checked)];
  });
  return (await Promise.all(routes)).flat();
}
async function checkOne(alert, means, { channel, secret: secret4, stale }, whom) {
  const started = means.now();
  const outcome = await probe(alert, means, channel, secret4, whom.recipient);
  const isReady = outcome.outcome === "accepted";
  const delivery = {
    ...whom,
    channel: channel.name,
    outcome: isReady ? "ready" : outcome.outcome,
    code: outcome.code,
    reason: isReady ? redactReason(stale, secret4) || (outcome.remark ?? "") : outcome.reason,
    ms: means.now() - started,
    tries: 0,
    attempts: 1,
    earlier: false
  };
  means.log(delivery);
  if (isReady) await means.keep({ ...delivery, outcome: "ready", at: new Date(means.now()) });
  return delivery;
}
async function probe(alert, means, channel, secret4, recipient) {
  const url = means.urlOf(channel);
  const salt = (0, import_node_crypto5.randomBytes)(16).toString("hex");
  const now = new Date(means.now());
  const { message, id: alertId } = alert;
  try {
    channel.request({ url, secret: secret4, recipient, message, long: means.long, alertId, now, salt, amend: {} });
    const timeoutMs = () => Math.max(1, means.deadline - means.now());
    return await askProvider(channel, { url, secret: secret4, recipient, now }, (asked) => means.send(asked, timeoutMs()));
  } catch (error) {
    return { outcome: "permanent", code: "defect", reason: error.message };
  }
}

// handlers/notifier/words/address.ts
var import_node_net = require("node:net");
function networkOf(address) {
  if (!(0, import_node_net.isIPv6)(address)) return "";
  const short = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? `${firstGroups(address).join(":")}::/48`;
  return short.length < address.length ? short : "";
}
function firstGroups(address) {
  const [head = "", tail = ""] = address.split("::");
  const known = head.split(":").filter(Boolean);
  const behind = tail.split(":").filter(Boolean);
  const gap = Array(Math.max(0, 8 - known.length - behind.length)).fill("0");
  const groups = [...known, ...gap, ...behind].slice(0, 3).map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
  while (groups.at(-1) === "0") groups.pop();
  return groups;
}

// handlers/notifier/words/words.ts
var firstSteps = {
  "console-login": "sign-in",
  "console-login-failed": "failed-sign-in",
  "password-changed": "take-over",
  "password-recovery": "take-over",
  "email-changed": "take-over",
  "access-key-created": "key",
  "access-key-activated": "key",
  "access-key-deactivated": "call",
  "access-key-deleted": "call",
  "mfa-added": "mfa",
  "mfa-removed": "mfa",
  "cli-login": "sign-in",
  "app-authorized": "app",
  "token-renewed": "call",
  "sign-in-restricted": "sign-in-policy",
  "sign-in-policy-changed": "sign-in-policy",
  "temporary-credentials": "credentials",
  "assume-root": "assume",
  "assume-root-session": "assume",
  "account-closed": "account",
  "region-enabled": "region",
  "region-disabled": "region",
  "contacts-changed": "contacts",
  "guard-touched": "guard",
  "drift-found": "guard",
  "sign-in-anomaly": "sign-in",
  noncompliant: "rule",
  compliant: "settled",
  "call-read": "call",
  "call-write": "call",
  other: "call"
};
var withoutActor = /* @__PURE__ */ new Set([
  "assume-root",
  "assume-root-session",
  "drift-found",
  "sign-in-anomaly",
  "noncompliant",
  "compliant",
  "other"
]);

// handlers/notifier/words/phrases.ts
function titleOf(activity, words) {
  const phrase = filled(words.kinds[activity.kind][0], activity);
  return {
    ...phrase,
    before: whoOf(activity, words) + phrase.before,
    after: phrase.after + (failedTry(activity) ? words.failing[0] : "")
  };
}
function sentenceOf(activity, words) {
  const phrase = filled(words.kinds[activity.kind][1], activity);
  const who = withoutActor.has(activity.kind) || isOfAws(activity) ? "" : words.who[activity.actor][1];
  return { ...phrase, before: (failedTry(activity) ? words.failing[1] : "") + who + phrase.before };
}
function markOf(activity, words) {
  if (activity.drill) return words.test;
  return isForeign(activity) ? words.notAws : "";
}
function isForeign({ official, source }) {
  return !official && source !== driftSource;
}
function mfaOf2({ kind, mfa }, words) {
  const telling2 = kind === "console-login" || kind === "console-login-failed" && mfa === "used";
  return telling2 ? `, ${words.mfa[mfa]}` : "";
}
function isOfAws({ official, service, source, actor }) {
  return official && service === source && actor === "unknown";
}
function whoOf(activity, words) {
  const { kind, actor, assumed } = activity;
  if (kind === "other" ? actor === "unknown" : withoutActor.has(kind) || isOfAws(activity)) return "";
  return assumed ? `${words.assumed}: ` : words.who[actor][0];
}
function failedTry({ failure, kind }) {
  return failure !== void 0 && kind !== "console-login-failed";
}
function filled(pattern, activity) {
  const [before = "", after] = pattern.split("{}");
  if (after === void 0) return { before, name: "", after: "" };
  return { before, name: named2.has(activity.kind) ? activity.subject || activity.name : activity.name, after };
}
var named2 = /* @__PURE__ */ new Set([
  "app-authorized",
  "assume-root",
  "region-enabled",
  "region-disabled",
  "noncompliant",
  "compliant",
  "drift-found"
]);

// handlers/notifier/words/times.ts
function shortTime(time, timeZone) {
  const { month, day, hour, minute: minute2, second } = clockIn(time, timeZone);
  return `${month}/${day} ${hour}:${minute2}:${second}`;
}
function datedTime(time, timeZone) {
  return `${clockIn(time, timeZone).year}/${shortTime(time, timeZone)}`;
}
function hourOf(time, timeZone) {
  return shortTime(time, timeZone).slice(-8);
}
function longTime(time, timeZone) {
  const { year, month, day, hour, minute: minute2, second } = clockIn(time, timeZone);
  const local = `${year}-${month}-${day} ${hour}:${minute2}:${second} ${timeZone}`;
  return `${local} (${time.toISOString().replace(/\.\d+Z$/, "Z")})`;
}
function clockIn(time, timeZone) {
  formats[timeZone] ??= new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit"
  });
  const parts = Object.fromEntries(formats[timeZone].formatToParts(time).map((part) => [part.type, part.value]));
  return parts;
}
var formats = {};

// handlers/notifier/words/details.ts
var fields = [
  "userAgent",
  "service",
  "failure",
  "subject",
  "source",
  "reason",
  "identity",
  "accessKey",
  "sourceIp",
  "region",
  "name",
  "account"
];
var detailOrder = ["who", "what", "subject", "result", "from", "when", "account", "region", "record"];
function detailsOf(activity, voice, words, quote) {
  const said2 = (field, text3) => joined([text3 === "" ? { text: words.unknown } : quote(field, text3)]);
  return {
    who: whoOf2(activity, words, quote),
    what: joined([quote("name", activity.name)], [quote("service", activity.service)]),
    // The number of things that drifted stands in the title already.
    subject: activity.kind === "drift-found" ? [] : joined([quote("subject", activity.subject)]),
    result: resultOf(activity, words, quote),
    from: fromOf(activity, words, quote),
    when: [{ text: activity.time === void 0 ? words.unknown : longTime(activity.time, voice.timeZone) }],
    account: said2("account", activity.account),
    region: said2("region", activity.region),
    record: said2("record", activity.id)
  };
}
function whoOf2(activity, words, quote) {
  const { kind, actor, identity, accessKey, assumed, caller } = activity;
  const root = actor === "root" ? [{ text: words.root }] : [];
  const itself = actor === "root" && (/^$|^Root$|^\d+$/.test(identity) || namesRoot(identity));
  const said2 = quote("identity", identity);
  const unsigned = identity === anonymous ? [{ text: words.anonymous }, { text: " (" }, said2, { text: ")" }] : [said2];
  const named3 = itself || identity === caller ? [] : unsigned;
  const of = caller === "" ? [] : [{ text: `${words.labels.account} ` }, quote("account", caller)];
  const session = assumed ? [{ text: words.assumed }] : [];
  const who = joined(root, named3, of, session, [quote("accessKey", accessKey)]);
  return who.length > 0 || withoutActor.has(kind) || isOfAws(activity) ? who : [{ text: words.unknown }];
}
function resultOf(activity, words, quote) {
  const { kind, failure, mfa } = activity;
  if (failure === void 0 && (eventsOfAws.has(kind) || isOfAws(activity))) return [];
  const came = failure === void 0 ? [{ text: words.succeeded }] : [{ text: words.failed }];
  const reason = failure === void 0 ? [] : [{ text: " (" }, quote("failure", failure), { text: ")" }];
  return [
    ...came,
    ...reason,
    { text: mfa !== "unknown" || kind.startsWith("console-login") ? `, ${words.mfa[mfa]}` : "" }
  ];
}
var eventsOfAws = /* @__PURE__ */ new Set([
  "drift-found",
  "sign-in-anomaly",
  "noncompliant",
  "compliant",
  "other"
]);
function fromOf(activity, words, quote) {
  const { kind, sourceIp, userAgent } = activity;
  const from = joined([quote("sourceIp", sourceIp)], [quote("userAgent", userAgent)]);
  return from.length > 0 || eventsOfAws.has(kind) || isOfAws(activity) ? from : [{ text: words.unknown }];
}
function joined(...parts) {
  const saying = parts.filter((spans) => spans.some(({ text: text3 }) => text3 !== ""));
  return saying.flatMap((spans, index) => index === 0 ? spans : [{ text: " · " }, ...spans]);
}

// handlers/notifier/words/foreign.ts
var fieldLimit = 300;
function oneLine(text3) {
  return text3.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").replace(/(\p{M}{2})\p{M}+/gu, "$1").trim();
}
function shortened(text3, limit) {
  const line = oneLine(text3.slice(0, 4 * fieldLimit)).toWellFormed();
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
function unlinked(text3) {
  return text3.replace(/:\/\//g, " ").replace(/\.(?=\p{L})/gu, ". ");
}
function foreign(text3, limit = fieldLimit) {
  return { text: shortened(text3, limit), style: "foreign" };
}

// unused:./en.ts
var en = void 0;

// handlers/notifier/words/ko.ts
var verify = "작업한 사람에게 확인하세요. 아무도 모르는 일이면";
var notPlanned = "의도한 변경이 아니면";
var rootAgain = "루트 비밀번호를 바꾸고 MFA 기기와 액세스 키를 확인하세요.";
var ko = {
  test: "훈련",
  notAws: "AWS 발신 아님",
  kinds: {
    "console-login": ["콘솔 로그인 성공", "콘솔에 로그인했습니다."],
    "console-login-failed": ["콘솔 로그인 실패", "콘솔 로그인을 시도했지만 실패했습니다."],
    "password-changed": ["비밀번호 변경", "자기 비밀번호를 만들거나 바꿨습니다."],
    "password-recovery": ["비밀번호 재설정", "비밀번호 재설정을 요청했거나 마쳤습니다."],
    "email-changed": ["이메일 변경", "로그인 이메일 변경을 시작했거나 마쳤습니다."],
    "access-key-created": ["액세스 키 생성", "자기 액세스 키를 만들었습니다."],
    "access-key-activated": ["액세스 키 활성화", "자기 액세스 키를 활성화했습니다."],
    "access-key-deactivated": ["액세스 키 비활성화", "자기 액세스 키를 비활성화했습니다."],
    "access-key-deleted": ["액세스 키 삭제", "자기 액세스 키를 지웠습니다."],
    "mfa-added": ["MFA 추가", "자기 MFA 기기를 추가했습니다."],
    "mfa-removed": ["MFA 해제", "자기 MFA 기기를 해제했습니다."],
    "cli-login": ["CLI 로그인", "aws login으로 로그인했거나, 콘솔 로그인 중에 같은 절차를 거쳤습니다."],
    "app-authorized": ["앱 접근 허용", "애플리케이션에 자기 권한 사용을 허용했습니다: {}"],
    "token-renewed": ["토큰 갱신", "이미 열린 세션의 토큰을 갱신했습니다. 새 로그인이 아닙니다."],
    "sign-in-restricted": [
      "콘솔 로그인 제한",
      "콘솔에 로그인할 수 있는 주체나 위치를 제한했습니다. 루트 사용자도 막힐 수 있습니다."
    ],
    "sign-in-policy-changed": ["로그인 정책 변경", "콘솔 로그인을 제한하는 정책을 바꿨습니다."],
    "temporary-credentials": ["임시 자격 증명 발급", "임시 자격 증명을 발급받았습니다."],
    "assume-root": ["AssumeRoot 호출", "다른 주체가 AssumeRoot로 루트 세션을 얻었습니다: {}"],
    "assume-root-session": ["AssumeRoot 세션 {}", "AssumeRoot로 얻은 세션이 {} 호출을 했습니다."],
    "account-closed": ["계정 해지", "계정을 해지했습니다."],
    "region-enabled": ["리전 활성화 {}", "리전을 활성화했습니다: {}"],
    "region-disabled": ["리전 비활성화 {}", "리전을 비활성화했습니다: {}"],
    "contacts-changed": ["계정 정보 변경", "계정의 이름이나 연락처, 설정을 바꿨습니다."],
    "guard-touched": ["감시 설정 변경 {}", "이 감시나 그 바탕인 기록을 바꾸거나 끄는 호출을 했습니다: {}"],
    "drift-found": ["드리프트 {}건", "계정이 배포한 것과 다릅니다: {}건. 무엇인지는 npm run drift로 확인하세요."],
    "sign-in-anomaly": ["로그인 이상 징후", "AWS가 로그인에서 이상 징후를 찾았습니다."],
    noncompliant: ["규칙 위반 {}", "AWS Config 규칙 위반이 생겼습니다: {}"],
    compliant: ["규칙 위반 해소 {}", "AWS Config 규칙 위반이 풀렸습니다: {}"],
    "call-read": ["{} 조회", "{} 호출로 조회했습니다."],
    "call-write": ["{} 호출", "{} 호출을 했습니다."],
    other: ["알림: {}", "이벤트가 왔습니다: {}"]
  },
  who: {
    root: ["루트 ", "루트 사용자가 "],
    other: ["루트 아님: ", "루트가 아닌 주체가 "],
    unknown: ["루트일 수 있음: ", "루트일 수 있는 누군가가 "]
  },
  root: "루트 사용자",
  assumed: "AssumeRoot 세션",
  anonymous: "익명, 자격 증명 없음",
  mfa: { used: "MFA 사용", "not-used": "MFA 없음", unknown: "MFA 모름" },
  succeeded: "성공",
  failed: "실패",
  failing: [" 실패", "시도했으나 실패: "],
  unknown: "모름",
  late: ["지연 통보", "지난 일을 뒤늦게 알립니다({}). 아래 시각이 실제 발생 시각입니다."],
  lateReasons: {
    DELIVERY_DELAY: "AWS의 기록 전달 지연",
    UPDATED_DATA: "AWS의 기록 수정",
    SERVICE_OUTAGE: "AWS 장애"
  },
  forged: "AWS가 보낸 이벤트가 아닙니다. 출처: {}",
  todo: {
    "sign-in": `본인이나 동료의 로그인이 아니면 바로 ${rootAgain}`,
    "failed-sign-in": "본인이나 동료가 아니면 누군가 루트 비밀번호를 시도하는 중입니다. MFA가 켜져 있는지 확인하세요.",
    app: `이 애플리케이션을 허용한 사람이 없으면 바로 ${rootAgain}`,
    "sign-in-policy": `${notPlanned} 되돌리고(aws signin list-resource-permission-statements), 누가 했는지 CloudTrail에서 확인하세요.`,
    "password-known": `비밀번호는 맞았습니다. 본인이나 동료가 아니면 바로 ${rootAgain}`,
    "take-over": "요청한 사람이 없으면 계정 탈취입니다. 루트 이메일 계정을 지키고, 비밀번호를 재설정하고, AWS Support에 알리세요.",
    key: "만든 사람이 없으면 루트로 로그인해 이 키를 비활성화하고, 이 키를 쓴 기록을 CloudTrail에서 찾으세요.",
    mfa: "직접 한 일이 아니면 루트로 로그인해 MFA 기기 목록을 바로잡고 비밀번호를 바꾸세요.",
    credentials: `${verify} 루트 액세스 키를 비활성화하고 비밀번호를 바꾸세요.`,
    assume: "계획한 작업이 아니면 AssumeRoot를 호출한 역할의 세션을 취소하고 권한을 회수하세요. 루트 세션은 길어야 15분입니다.",
    account: "의도한 해지가 아니면 바로 AWS Support에 연락하세요. 해지 후 90일 안에는 되살릴 수 있습니다.",
    region: `${notPlanned} 리전을 되돌리고, 거기에 낯선 자원이 있는지 보세요.`,
    contacts: `${notPlanned} 정보를 되돌리고, ${rootAgain}`,
    guard: "배포 작업이 아니면 npm run deploy로 되돌리고, 누가 바꿨는지 CloudTrail에서 확인하세요.",
    rule: "AWS Config에서 이 규칙의 결과를 보고, 루트의 액세스 키를 지우거나 MFA를 켜세요.",
    settled: "지금 할 일은 없습니다. 언제 왜 어긋났는지만 확인하세요.",
    call: `${verify} ${rootAgain}`,
    tried: `실패했지만 자격 증명을 가진 누군가의 시도입니다. 아무도 모르는 일이면 그 자격 증명을 막고, ${rootAgain}`,
    drill: "훈련입니다. 할 일이 없습니다.",
    forged: "실제 활동인지 CloudTrail에서 대조하고, events:PutEvents 권한을 가진 주체를 확인하세요."
  },
  labels: {
    who: "누가",
    what: "무엇을",
    subject: "대상",
    result: "결과",
    from: "어디서",
    when: "언제",
    account: "계정",
    region: "리전",
    record: "기록",
    link: "CloudTrail",
    todo: "먼저 할 일",
    total: "합계",
    span: "기간"
  },
  digest: {
    title: "요약: ",
    sentence: "이 기간의 활동을 모아 알립니다.",
    notable: "루트 활동",
    failures: "타인의 실패한 호출",
    count: (count) => `${count}건`,
    failed: (count) => `실패 ${count}`,
    told: (count) => `이미 알림 ${count}`,
    more: (count) => `${count} 이상`,
    others: "그 밖",
    various: "기록마다 다름"
  },
  cap: {
    title: (cap) => `오늘 SMS 한도 ${cap}건 소진`,
    left: [
      "자정까지 긴급 외에는 다른 경로로만",
      "자정까지 긴급하지 않은 알림은 SMS 없이 다른 경로로만 갑니다. 긴급한 알림에는 같은 수만큼 더 씁니다."
    ],
    none: ["자정까지 SMS 없음", "자정까지 긴급한 알림도 SMS 없이 다른 경로로만 갑니다."],
    todo: "메신저와 이메일을 지켜보세요. 한도는 root-guard.yaml에 있습니다."
  }
};

// handlers/notifier/words/languages.ts
var languages = { ko, en };

// handlers/notifier/words/message.ts
function plainText(lines) {
  return lines.map((line) => line.map(({ text: text3 }) => text3).join("")).join("\n");
}

// handlers/notifier/words/lines.ts
var linesLimit = 1700;
var shrunk = 60;
var titleLimit = 100;
function fitting(shrinkOrder, make) {
  for (let count = 0; ; count++) {
    const small = new Set(shrinkOrder.slice(0, count));
    const lines = make((field, text3) => foreign(text3, small.has(field) ? shrunk : fieldLimit));
    if (count === shrinkOrder.length || plainText(lines).length <= linesLimit) return lines;
  }
}
function phraseLine(opening, { before, name, after }, style) {
  const own2 = (text3) => style === void 0 ? { text: text3 } : { text: text3, style };
  if (name === "") return [own2(opening + before + after)];
  return [own2(opening + before), foreign(name, titleLimit), own2(after)].filter(({ text: text3 }) => text3 !== "");
}
function row(label, value) {
  const spans = value.map((part) => typeof part === "string" ? { text: part } : part).filter(({ text: text3 }) => text3 !== "");
  return spans.length === 0 ? [] : [[{ text: `${label}: ` }, ...spans]];
}

// handlers/notifier/words/euc-kr.ts
var smsLimit = 90;
var subjectLimit = 40;
var members;
var replacements = {
  "—": "-",
  "–": "-",
  "‐": "-",
  "•": "·",
  "⚠": "!",
  "✅": "O",
  "🚨": "!",
  [String.fromCodePoint(160)]: " "
};
function sendable(text3) {
  let out = "";
  for (const character of text3) out += isSendable(character) ? character : replacements[character] ?? "?";
  return out;
}
function eucKrBytes(text3) {
  let bytes = 0;
  for (const character of text3) bytes += isAscii(character) ? 1 : 2;
  return bytes;
}
function cutToBytes(text3, limit) {
  let out = "";
  let bytes = 0;
  for (const character of text3) {
    bytes += eucKrBytes(character);
    if (bytes > limit) break;
    out += character;
  }
  return out;
}
function isSendable(character) {
  if (isAscii(character)) return true;
  members ??= decodeMembers();
  return members.has(character);
}
function isAscii(character) {
  return character.charCodeAt(0) < 128;
}
function decodeMembers() {
  const side = 254 - 161 + 1;
  const pairs = new Uint8Array(side * side * 2);
  for (let pair = 0; pair < side * side; pair++) {
    pairs[pair * 2] = 161 + Math.floor(pair / side);
    pairs[pair * 2 + 1] = 161 + pair % side;
  }
  return new Set(new TextDecoder("euc-kr").decode(pairs).replace(/[\p{Co}\ufffd]/gu, ""));
}

// handlers/notifier/words/short.ts
function shortText({ opening, title, result, time, endings }) {
  const parts = [opening + title.before, unlinked(title.name), title.after];
  const [before, name, after] = parts.map(plain);
  const [when, came] = [` ${plain(time).trim()}`, plain(result)];
  const head = (before + name + after).trimEnd();
  for (const ending of [...endings, []]) {
    const whole = [head + came + when, ...ending.map((part) => plain(part).trim())].filter(Boolean).join(" ");
    if (eucKrBytes(whole) <= smsLimit) return whole;
  }
  const room = smsLimit - eucKrBytes(when);
  if (eucKrBytes(head) <= room) return head + when;
  const roomForName = room - eucKrBytes(before + after);
  const cut = roomForName < 0 ? cutToBytes(before + after, room) : before + cutToBytes(name, roomForName) + after;
  return cut.trimEnd() + when;
}
function subjectText(opening, { before, name, after }) {
  return cutToBytes(plain(opening + before + unlinked(name) + after), subjectLimit).trim();
}
function plain(text3) {
  const line = sendable(oneLine(text3.slice(0, 4 * smsLimit)));
  return `${/^\s/.test(text3) ? " " : ""}${line}${/\s$/.test(text3) && line !== "" ? " " : ""}`;
}

// handlers/notifier/words/template.ts
var limits = {
  title: 80,
  what: 150,
  who: 100,
  from: 80,
  when: 90,
  account: 40,
  todo: 200
};
function templateOf(values) {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.map(([name, value]) => [name, shortened(value, limits[name]) || "-"]));
}

// handlers/notifier/words/alert.ts
function alertMessage(activity, voice) {
  const words = languages[voice.locale];
  const opening = openingOf(activity, voice, words, " ");
  const icon = markOf(activity, words) === "" ? activity.severity === "critical" ? "🚨 " : "🔔 " : "";
  return {
    short: shortAlert(activity, voice, words),
    subject: subjectText(opening, titleOf(activity, words)),
    lines: fitting(fields, (quote) => {
      const details = detailsOf(activity, voice, words, quote);
      return [
        phraseLine(icon + openingOf(activity, voice, words, " · "), fullTitle(activity, words), "bold"),
        phraseLine("", sentenceOf(activity, words)),
        ...warnings(activity, words, quote),
        [],
        ...detailOrder.flatMap((name) => row(words.labels[name], details[name])),
        [],
        [{ text: `${words.labels.todo}: `, style: "bold" }, { text: words.todo[todoOf(activity)] }],
        ...row(words.labels.link, [{ text: linkOf(activity) }])
      ];
    }),
    template: templateFor(activity, voice, words)
  };
}
function templateFor(activity, voice, words) {
  const quote = (_, text3) => foreign(text3);
  const details = detailsOf(activity, voice, words, quote);
  const sentences = [phraseLine("", sentenceOf(activity, words)), ...warnings(activity, words, quote)];
  const plain2 = (spans) => plainText([spans]);
  return templateOf({
    title: plain2(phraseLine(openingOf(activity, voice, words, " "), fullTitle(activity, words))),
    what: sentences.map(plain2).join(" "),
    who: plain2(details.who),
    // Without the user agent: what an attacker wrote, an address perhaps, has no business in a message of this look.
    from: activity.sourceIp,
    when: plain2(details.when),
    account: plain2(details.account),
    todo: words.todo[todoOf(activity)]
  });
}
function fullTitle(activity, words) {
  const title = titleOf(activity, words);
  return { ...title, after: title.after + mfaOf2(activity, words) };
}
function openingOf(activity, { name }, words, gap) {
  const mark = markOf(activity, words);
  return `${mark === "" ? "" : mark + gap}[${name}] `;
}
function shortAlert(activity, voice, words) {
  const { account, sourceIp } = activity;
  const labelled = account === "" ? "" : `${words.labels.account} ${account}`;
  return shortText({
    opening: openingOf(activity, voice, words, " "),
    title: titleOf(activity, words),
    result: mfaOf2(activity, words),
    time: whenInShort(activity, voice, words),
    endings: endingsOf(labelled, account, sourceIp)
  });
}
function endingsOf(labelled, account, address) {
  const network = networkOf(address);
  const bare = network.replace("/48", "");
  const ofNetwork = network === "" ? [] : [[labelled, network], [account, network], [account, bare], [network], [bare]];
  return [[labelled, address], [account, address], ...ofNetwork, [labelled], [account]];
}
function whenInShort({ id, time, late }, { timeZone }, words) {
  if (time === void 0) return `#${id.slice(-12)}`;
  return late === void 0 ? shortTime(time, timeZone) : `${datedTime(time, timeZone)} ${words.late[0]}`;
}
function warnings(activity, words, quote) {
  const { late, drill, source } = activity;
  const told2 = [];
  if (late !== void 0) {
    const known = Object.hasOwn(words.lateReasons, late.reason) ? words.lateReasons[late.reason] : void 0;
    const reason = known === void 0 ? quote("reason", late.reason || words.unknown) : { text: known };
    told2.push(around(words.late[1], reason));
  }
  if (!drill && isForeign(activity)) told2.push(around(words.forged, quote("source", source)));
  return told2;
}
function around(sentence, said2) {
  const [before = "", after = ""] = sentence.split("{}");
  const own2 = (text3) => text3 === "" ? [] : [{ text: text3, style: "bold" }];
  return [...own2(before), said2, ...own2(after)];
}
function todoOf(activity) {
  if (activity.drill) return "drill";
  if (isForeign(activity)) return "forged";
  if (activity.kind === "console-login-failed" && activity.severity === "critical") return "password-known";
  return failedTry(activity) ? "tried" : firstSteps[activity.kind];
}
function linkOf({ recorded, region: region2, id }) {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  if (!recorded || !uuid.test(id) || !/^[a-z]{2}(-[a-z]{4,12}){1,2}-\d$/.test(region2)) return "";
  return `https://${region2}.console.aws.amazon.com/cloudtrailv2/home?region=${region2}#/events/${encodeURIComponent(id)}`;
}

// handlers/notifier/words/cap.ts
function capMessage({ day, cap, reserve, account }, voice) {
  const { cap: words, labels } = languages[voice.locale];
  const [short, sentence] = reserve ? words.none : words.left;
  const opening = `[${voice.name}] `;
  const title = { before: words.title(reserve ? 2 * cap : cap), name: "", after: "" };
  return {
    short: shortText({
      opening,
      title,
      result: `, ${short}`,
      time: day,
      endings: [[`${labels.account} ${account}`], [account]]
    }),
    subject: subjectText(opening, title),
    lines: [
      [{ text: `🚨 ${opening}${title.before}`, style: "bold" }],
      [{ text: sentence }],
      [],
      [{ text: `${labels.when}: ${day}` }],
      ...row(labels.account, [foreign(account)]),
      [],
      [{ text: `${labels.todo}: `, style: "bold" }, { text: words.todo }]
    ],
    template: templateOf({
      title: opening + title.before,
      what: sentence,
      who: "-",
      from: "-",
      when: day,
      account,
      todo: words.todo
    })
  };
}

// handlers/notifier/words/digest.ts
var topCalls = 5;
function digestMessage(digest, voice) {
  const words = languages[voice.locale];
  const mark = digest.official ? "" : `${words.notAws} `;
  const opening = `${mark}[${voice.name}] `;
  const what = collected(digest.of, words);
  const failed = digest.calls.reduce((sum, call) => sum + call.failed, 0);
  const all = words.digest.count(digest.total);
  const least = digest.more ? words.digest.more(all) : all;
  const counts = [least, ...noted(words.digest.failed, failed)].join(", ");
  const title = { before: `${words.digest.title}${what} ${counts}`, name: "", after: "" };
  const account = `${words.labels.account} ${digest.account}`;
  const told2 = noted(words.digest.told, digest.told);
  const todo = words.todo[todoOf2(digest)];
  const span = (time) => longTime(time, voice.timeZone);
  const total = [least, ...noted(words.digest.failed, failed), ...told2].join(", ");
  const rows = callsOf(digest, words);
  const critical2 = isKind(digest.of) && kinds[digest.of].severity === "critical";
  return {
    short: shortText({
      opening,
      title,
      result: "",
      time: `${shortTime(digest.opened, voice.timeZone)}~${hourOf(digest.closed, voice.timeZone)}`,
      endings: [[...told2, account], [account], [digest.account]]
    }),
    subject: subjectText(opening, title),
    lines: fitting(["account", "record"], (quote) => [
      [{ text: `${critical2 ? "🚨" : "🔔"} ${opening}${title.before}`, style: "bold" }],
      [{ text: words.digest.sentence }],
      [],
      [{ text: `${words.labels.span}: ${span(digest.opened)} ~ ${span(digest.closed)}` }],
      [{ text: `${words.labels.total}: ${total}` }],
      ...rows.map(([name, counted]) => [{ text: "- " }, name, { text: ` ${counted}` }]),
      [],
      ...row(words.labels.account, [quote("account", digest.account)]),
      ...row(words.labels.record, [quote("record", digest.id)]),
      [],
      [{ text: `${words.labels.todo}: `, style: "bold" }, { text: todo }]
    ]),
    template: templateOf({
      title: opening + title.before,
      what: rows.map(([{ text: text3 }, counted]) => `${shortened(text3, 40)} ${counted}`).join(", "),
      who: words.digest.various,
      from: words.digest.various,
      when: `${shortTime(digest.opened, voice.timeZone)} ~ ${shortTime(digest.closed, voice.timeZone)} ${voice.timeZone}`,
      account: digest.account,
      todo
    })
  };
}
function todoOf2({ official, of }) {
  if (!official) return "forged";
  if (of === "failures") return firstSteps["guard-touched"];
  return of === "notable" ? "call" : firstSteps[of];
}
function collected(of, words) {
  return isKind(of) ? words.kinds[of][0].replace("{}", "").trim() : words.digest[of];
}
function isKind(of) {
  return of !== "notable" && of !== "failures";
}
function callsOf({ calls, total }, words) {
  const top = calls.slice(0, topCalls);
  const rest = calls.slice(topCalls);
  const counted = sumOf(top, "count");
  const lines = top.map((call) => [foreign(call.name, 100), countOf(call, words)]);
  if (total <= counted) return lines;
  const others = { count: total - counted, failed: sumOf(rest, "failed") };
  return [...lines, [{ text: words.digest.others }, countOf(others, words)]];
}
function countOf({ count, failed }, words) {
  const note = noted(words.digest.failed, failed);
  return `${words.digest.count(count)}${note.length === 0 ? "" : ` (${note[0]})`}`;
}
function sumOf(calls, what) {
  return calls.reduce((sum, call) => sum + call[what], 0);
}
function noted(say, count) {
  return count > 0 ? [say(count)] : [];
}

// handlers/notifier/tell.ts
async function tell(world2, alert, telling2) {
  const { day, reserve, tableAnswers } = telling2;
  let unused = 0;
  let notice;
  const told2 = await carry(world2, alert, telling2, {
    take: async () => {
      if (unused > 0) {
        unused--;
        return true;
      }
      const taken = await world2.cap.take(day, reserve, tableAnswers);
      if (!taken) notice ??= tellOfCap(world2, telling2);
      return taken;
    },
    giveBack: () => {
      unused++;
    }
  });
  if (unused > 0) await world2.cap.giveBack(day, unused, tableAnswers).catch(() => {
  });
  const left = Math.max(0, telling2.deadline + 300 - world2.now());
  await Promise.race([notice, (0, import_promises2.setTimeout)(left, void 0, { ref: false })]);
  return told2;
}
async function carry(world2, alert, { before, deadline, drill }, sms) {
  const { settings, channels: channels2, secrets: secrets2, records, report, send: send2, urlOf, now } = world2;
  let recordsFailure = "";
  const tried = [];
  const carryAll = drill?.check ? check : deliver;
  const deliveries = await carryAll(alert, {
    routes: routesFor(settings, drill),
    long: settings.sms.long,
    channels: channels2,
    secrets: secrets2,
    before,
    keep: (record2) => records.write(alert.id, record2).catch((error) => {
      recordsFailure = error.message;
      report.metric("RecordsUnavailable", { alert: alert.id, records: recordsFailure });
    }),
    sms,
    send: send2,
    urlOf,
    log: (delivery) => {
      tried.push(delivery);
      report.delivery(alert.id, delivery);
    },
    now,
    deadline
  });
  const status = drill?.check ? 202 : answerStatus(deliveries);
  return { status, deliveries, failedOver: tried.filter((one) => !deliveries.includes(one)), recordsFailure };
}
function routesFor({ routes }, drill) {
  if (drill === void 0 || drill.channels.length === 0) return routes;
  const wanted = (name) => drill.channels.includes(name);
  const kept = Object.entries(routes).map(([route, names2]) => [route, names2.filter(wanted)]);
  return Object.fromEntries(kept.filter(([, names2]) => names2.length > 0));
}
async function tellOfCap(world2, telling2) {
  const { settings, claims: claims2, records, table: table2, report } = world2;
  const { day, account, reserve } = telling2;
  const id = `#sms-cap ${day}${reserve ? " reserve" : ""}`;
  try {
    if (!await claims2.take(id)) return;
    const before = records.among(id, await table2.query(id));
    const message = capMessage({ day, cap: settings.sms.dailyCap, reserve, account }, settings);
    const past = { take: async () => true, giveBack: () => {
    } };
    const { deliveries } = await carry(world2, { id, message }, { ...telling2, before, drill: void 0 }, past);
    await claims2.release(id);
    if (deliveries.some(({ earlier }) => !earlier)) report.metric("SmsCapReached", { alert: id });
  } catch (error) {
    report.metric("SmsCapReached", { alert: id, notice: error.message });
  }
}

// node_modules/aws4fetch/dist/aws4fetch.esm.mjs
var encoder = new TextEncoder();
var HOST_SERVICES = {
  appstream2: "appstream",
  cloudhsmv2: "cloudhsm",
  email: "ses",
  marketplace: "aws-marketplace",
  mobile: "AWSMobileHubService",
  pinpoint: "mobiletargeting",
  queue: "sqs",
  "git-codecommit": "codecommit",
  "mturk-requester-sandbox": "mturk-requester",
  "personalize-runtime": "personalize"
};
var UNSIGNABLE_HEADERS = /* @__PURE__ */ new Set([
  "authorization",
  "content-type",
  "content-length",
  "user-agent",
  "presigned-expires",
  "expect",
  "x-amzn-trace-id",
  "range",
  "connection"
]);
var AwsV4Signer = class {
  constructor({ method, url, headers: headers2, body, accessKeyId, secretAccessKey, sessionToken, service, region: region2, cache, datetime, signQuery, appendSessionToken, allHeaders, singleEncode }) {
    if (url == null) throw new TypeError("url is a required option");
    if (accessKeyId == null) throw new TypeError("accessKeyId is a required option");
    if (secretAccessKey == null) throw new TypeError("secretAccessKey is a required option");
    this.method = method || (body ? "POST" : "GET");
    this.url = new URL(url);
    this.headers = new Headers(headers2 || {});
    this.body = body;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.sessionToken = sessionToken;
    let guessedService, guessedRegion;
    if (!service || !region2) {
      [guessedService, guessedRegion] = guessServiceRegion(this.url, this.headers);
    }
    this.service = service || guessedService || "";
    this.region = region2 || guessedRegion || "us-east-1";
    this.cache = cache || /* @__PURE__ */ new Map();
    this.datetime = datetime || (/* @__PURE__ */ new Date()).toISOString().replace(/[:-]|\.\d{3}/g, "");
    this.signQuery = signQuery;
    this.appendSessionToken = appendSessionToken || this.service === "iotdevicegateway";
    this.headers.delete("Host");
    if (this.service === "s3" && !this.signQuery && !this.headers.has("X-Amz-Content-Sha256")) {
      this.headers.set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
    }
    const params = this.signQuery ? this.url.searchParams : this.headers;
    params.set("X-Amz-Date", this.datetime);
    if (this.sessionToken && !this.appendSessionToken) {
      params.set("X-Amz-Security-Token", this.sessionToken);
    }
    this.signableHeaders = ["host", ...this.headers.keys()].filter((header2) => allHeaders || !UNSIGNABLE_HEADERS.has(header2)).sort();
    this.signedHeaders = this.signableHeaders.join(";");
    this.canonicalHeaders = this.signableHeaders.map((header2) => header2 + ":" + (header2 === "host" ? this.url.host : (this.headers.get(header2) || "").replace(/\s+/g, " "))).join("\n");
    this.credentialString = [this.datetime.slice(0, 8), this.region, this.service, "aws4_request"].join("/");
    if (this.signQuery) {
      if (this.service === "s3" && !params.has("X-Amz-Expires")) {
        params.set("X-Amz-Expires", "86400");
      }
      params.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
      params.set("X-Amz-Credential", this.accessKeyId + "/" + this.credentialString);
      params.set("X-Amz-SignedHeaders", this.signedHeaders);
    }
    if (this.service === "s3") {
      try {
        this.encodedPath = decodeURIComponent(this.url.pathname.replace(/\+/g, " "));
      } catch (e) {
        this.encodedPath = this.url.pathname;
      }
    } else {
      this.encodedPath = this.url.pathname.replace(/\/+/g, "/");
    }
    if (!singleEncode) {
      this.encodedPath = encodeURIComponent(this.encodedPath).replace(/%2F/g, "/");
    }
    this.encodedPath = encodeRfc3986(this.encodedPath);
    const seenKeys = /* @__PURE__ */ new Set();
    this.encodedSearch = [...this.url.searchParams].filter(([k]) => {
      if (!k) return false;
      if (this.service === "s3") {
        if (seenKeys.has(k)) return false;
        seenKeys.add(k);
      }
      return true;
    }).map((pair) => pair.map((p) => encodeRfc3986(encodeURIComponent(p)))).sort(([k1, v1], [k2, v2]) => k1 < k2 ? -1 : k1 > k2 ? 1 : v1 < v2 ? -1 : v1 > v2 ? 1 : 0).map((pair) => pair.join("=")).join("&");
  }
  async sign() {
    if (this.signQuery) {
      this.url.searchParams.set("X-Amz-Signature", await this.signature());
      if (this.sessionToken && this.appendSessionToken) {
        this.url.searchParams.set("X-Amz-Security-Token", this.sessionToken);
      }
    } else {
      this.headers.set("Authorization", await this.authHeader());
    }
    return {
      method: this.method,
      url: this.url,
      headers: this.headers,
      body: this.body
    };
  }
  async authHeader() {
    return [
      "AWS4-HMAC-SHA256 Credential=" + this.accessKeyId + "/" + this.credentialString,
      "SignedHeaders=" + this.signedHeaders,
      "Signature=" + await this.signature()
    ].join(", ");
  }
  async signature() {
    const date = this.datetime.slice(0, 8);
    const cacheKey = [this.secretAccessKey, date, this.region, this.service].join();
    let kCredentials = this.cache.get(cacheKey);
    if (!kCredentials) {
      const kDate = await hmac("AWS4" + this.secretAccessKey, date);
      const kRegion = await hmac(kDate, this.region);
      const kService = await hmac(kRegion, this.service);
      kCredentials = await hmac(kService, "aws4_request");
      this.cache.set(cacheKey, kCredentials);
    }
    return buf2hex(await hmac(kCredentials, await this.stringToSign()));
  }
  async stringToSign() {
    return [
      "AWS4-HMAC-SHA256",
      this.datetime,
      this.credentialString,
      buf2hex(await hash(await this.canonicalString()))
    ].join("\n");
  }
  async canonicalString() {
    return [
      this.method.toUpperCase(),
      this.encodedPath,
      this.encodedSearch,
      this.canonicalHeaders + "\n",
      this.signedHeaders,
      await this.hexBodyHash()
    ].join("\n");
  }
  async hexBodyHash() {
    let hashHeader = this.headers.get("X-Amz-Content-Sha256") || (this.service === "s3" && this.signQuery ? "UNSIGNED-PAYLOAD" : null);
    if (hashHeader == null) {
      if (this.body && typeof this.body !== "string" && !("byteLength" in this.body)) {
        throw new Error("body must be a string, ArrayBuffer or ArrayBufferView, unless you include the X-Amz-Content-Sha256 header");
      }
      hashHeader = buf2hex(await hash(this.body || ""));
    }
    return hashHeader;
  }
};
async function hmac(key2, string2) {
  const cryptoKey = await crypto.subtle.importKey(
    "raw",
    typeof key2 === "string" ? encoder.encode(key2) : key2,
    { name: "HMAC", hash: { name: "SHA-256" } },
    false,
    ["sign"]
  );
  return crypto.subtle.sign("HMAC", cryptoKey, encoder.encode(string2));
}
async function hash(content) {
  return crypto.subtle.digest("SHA-256", typeof content === "string" ? encoder.encode(content) : content);
}
var HEX_CHARS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"];
function buf2hex(arrayBuffer) {
  const buffer = new Uint8Array(arrayBuffer);
  let out = "";
  for (let idx = 0; idx < buffer.length; idx++) {
    const n = buffer[idx];
    out += HEX_CHARS[n >>> 4 & 15];
    out += HEX_CHARS[n & 15];
  }
  return out;
}
function encodeRfc3986(urlEncodedStr) {
  return urlEncodedStr.replace(/[!'()*]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());
}
function guessServiceRegion(url, headers2) {
  const { hostname, pathname } = url;
  if (hostname.endsWith(".on.aws")) {
    const match2 = hostname.match(/^[^.]{1,63}\.lambda-url\.([^.]{1,63})\.on\.aws$/);
    return match2 != null ? ["lambda", match2[1] || ""] : ["", ""];
  }
  if (hostname.endsWith(".r2.cloudflarestorage.com")) {
    return ["s3", "auto"];
  }
  if (hostname.endsWith(".backblazeb2.com")) {
    const match2 = hostname.match(/^(?:[^.]{1,63}\.)?s3\.([^.]{1,63})\.backblazeb2\.com$/);
    return match2 != null ? ["s3", match2[1] || ""] : ["", ""];
  }
  const match = hostname.replace("dualstack.", "").match(/([^.]{1,63})\.(?:([^.]{0,63})\.)?amazonaws\.com(?:\.cn)?$/);
  let service = match && match[1] || "";
  let region2 = match && match[2];
  if (region2 === "us-gov") {
    region2 = "us-gov-west-1";
  } else if (region2 === "s3" || region2 === "s3-accelerate") {
    region2 = "us-east-1";
    service = "s3";
  } else if (service === "iot") {
    if (hostname.startsWith("iot.")) {
      service = "execute-api";
    } else if (hostname.startsWith("data.jobs.iot.")) {
      service = "iot-jobs-data";
    } else {
      service = pathname === "/mqtt" ? "iotdevicegateway" : "iotdata";
    }
  } else if (service === "autoscaling") {
    const targetPrefix = (headers2.get("X-Amz-Target") || "").split(".")[0];
    if (targetPrefix === "AnyScaleFrontendService") {
      service = "application-autoscaling";
    } else if (targetPrefix === "AnyScaleScalingPlannerFrontendService") {
      service = "autoscaling-plans";
    }
  } else if (region2 == null && service.startsWith("s3-")) {
    region2 = service.slice(3).replace(/^fips-|^external-1/, "");
    service = "s3";
  } else if (service.endsWith("-fips")) {
    service = service.slice(0, -5);
  } else if (region2 && /-\d$/.test(service) && !/-\d$/.test(region2)) {
    [service, region2] = [region2, service];
  }
  return [HOST_SERVICES[service] || service, region2 || ""];
}

// handlers/notifier/aws.ts
function awsCaller(environment, now) {
  const region2 = environment.AWS_REGION ?? "us-east-1";
  const credentials = {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: environment.AWS_SESSION_TOKEN ?? "",
    region: region2,
    // The keys it signs with, each of which is good for a day.
    cache: /* @__PURE__ */ new Map()
  };
  return async ({ service, target, input, timeoutMs }) => {
    const endpoint = environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || environment.AWS_ENDPOINT_URL || `https://${service}.${region2}.amazonaws.com`;
    const signal = AbortSignal.timeout(timeoutMs);
    const ask = async (signedAt) => {
      const signer = new AwsV4Signer({
        ...credentials,
        service,
        url: endpoint,
        headers: { "content-type": `application/x-amz-json-1.${service === "ssm" ? 1 : 0}`, "x-amz-target": target },
        body: JSON.stringify(input),
        datetime: signedAt.toISOString().replace(/[:-]|\.\d+/g, "")
      });
      const { url, ...request } = await signer.sign();
      const response = await fetch(url, { ...request, signal });
      return { response, body: await response.text() };
    };
    let type;
    try {
      let { response, body } = await ask(new Date(now()));
      const theirs = new Date(response.headers.get("date") ?? Number.NaN);
      const skewed = errorType(body) === "InvalidSignatureException" && theirs.getTime() > 0;
      if (skewed) ({ response, body } = await ask(theirs));
      if (response.ok) return JSON.parse(body);
      type = errorType(body) ?? `HTTP ${response.status}`;
      throw new Error(type);
    } catch (error) {
      const reason = signal.aborted ? `no answer in ${timeoutMs} ms` : error.message;
      throw Object.assign(new Error(`${target}: ${reason}`), { type });
    }
  };
}
function errorType(body) {
  return /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(body)?.[1];
}

// unused:./discord.ts
var discord = void 0;

// unused:./nhn-alimtalk.ts
var nhnAlimtalk = void 0;

// handlers/notifier/channels/channel.ts
function unansweredOutcome(answer2) {
  return answer2.unanswered === "refused" ? { outcome: "retryable", code: "unreachable", reason: answer2.reason } : { outcome: "ambiguous", code: "no-answer", reason: answer2.reason };
}
function jsonObject(body) {
  try {
    const value = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : void 0;
  } catch {
    return void 0;
  }
}

// handlers/notifier/channels/markup.ts
function flat(lines) {
  return lines.map(
    (line) => line.map((span) => span.style === "foreign" ? { ...span, text: oneLine2(span.text) } : span)
  );
}
function oneLine2(text3) {
  return text3.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ");
}
function cutTo(text3, limit) {
  return text3.slice(0, limit).toWellFormed();
}

// handlers/notifier/channels/long-message.ts
function longMessage({ subject: subject2, lines }) {
  return { title: cutToBytes(sendable(subject2), 40), body: cutToBytes(sendable(plainText(harmless2(lines))), 2e3) };
}
function harmless2(lines) {
  const unlink = (span) => span.style === "foreign" ? { ...span, text: unlinked(span.text) } : span;
  return flat(lines).map((line) => line.map(unlink));
}

// handlers/notifier/channels/wait-asked.ts
function waitAsked(...said2) {
  for (const one of said2) {
    const seconds = Number(one || Number.NaN);
    if (seconds >= 0) return { again: { afterMs: Math.ceil(seconds * 1e3) } };
  }
  return {};
}

// handlers/notifier/channels/nhn.ts
var appKey = pipe(string(), regex(/^\w+$/, "an app key is expected: letters and digits"));
var secretKey = pipe(string(), regex(/^[\x21-\x7e]+$/, "a secret key is expected: printable ASCII"));
function nhnHeaders(secret4) {
  return { "content-type": "application/json;charset=UTF-8", "x-secret-key": secret4.secretKey };
}
function nhnOutcome(answer2, doubts) {
  if ("unanswered" in answer2) return unansweredOutcome(answer2);
  const { status } = answer2;
  if (status === 429) {
    return { outcome: "retryable", code: "429", reason: "too many requests", ...waitAsked(answer2.retryAfter) };
  }
  const parsed = safeParse(sendAnswer, jsonObject(answer2.body));
  if (!parsed.success) return unclear(status);
  const { header: header2, body, message } = parsed.output;
  const sent = body?.data ?? message;
  const results2 = body?.data?.sendResultList ?? message?.sendResults ?? [];
  const failed = results2.find((result) => result.resultCode !== 0);
  if (header2.isSuccessful && failed === void 0 && results2.length > 0 && status >= 200 && status < 300) {
    return { outcome: "accepted", code: (body?.data?.senderGroupingKey ?? "") + (sent?.requestId ?? "0") };
  }
  const code = header2.isSuccessful ? failed?.resultCode ?? -9999 : header2.resultCode;
  const reason = (header2.isSuccessful ? failed?.resultMessage : header2.resultMessage) ?? "";
  return { outcome: status >= 500 ? "ambiguous" : doubts[code] ?? "permanent", code: String(code), reason };
}
function unclear(status) {
  const refused = status >= 400 && status < 500;
  return { outcome: refused ? "permanent" : "ambiguous", code: String(status), reason: "the answer does not parse" };
}
function nhnReceipt(answer2, states) {
  if ("unanswered" in answer2) return { receipt: "unknown", code: "no-answer", reason: answer2.reason };
  const parsed = safeParse(receiptAnswer, jsonObject(answer2.body));
  const said2 = parsed.success ? parsed.output : void 0;
  const found = said2?.body?.data ?? said2?.message;
  if (!said2?.header.isSuccessful || !found) {
    const { resultCode = answer2.status, resultMessage } = said2?.header ?? {};
    return { receipt: "unknown", code: String(resultCode), reason: resultMessage ?? "the answer does not parse" };
  }
  const state2 = found.msgStatus ?? found.messageStatus ?? "";
  const [code, reason] = [found.resultCode ?? state2, found.resultCodeName ?? `state ${state2}`];
  const receipt = states[state2] ?? "unknown";
  if (receipt === "pending" || receipt === "delivered" && code === "1000") return { receipt, code };
  return { receipt: receipt === "failed" ? receipt : "unknown", code, reason };
}
var results = nullish(array(object({ resultCode: number(), resultMessage: nullish(string()) })));
var requestId = nullish(string());
var header = object({ isSuccessful: boolean(), resultCode: number(), resultMessage: nullish(string()) });
var sendAnswer = object({
  header,
  body: nullish(
    object({ data: nullish(object({ requestId, senderGroupingKey: requestId, sendResultList: results })) })
  ),
  message: nullish(object({ requestId, sendResults: results }))
});
var state = object({
  msgStatus: nullish(string()),
  messageStatus: nullish(string()),
  resultCode: nullish(string()),
  resultCodeName: nullish(string())
});
var receiptAnswer = object({
  header,
  body: nullish(object({ data: nullish(state) })),
  message: nullish(state)
});

// handlers/notifier/channels/phone-number.ts
var digits = pipe(
  string(),
  transform((written) => written.replace(/[\s()-]/g, "").replace(/^\+820?/, "0"))
);
var phoneNumber = pipe(
  digits,
  regex(/^0[1-9]\d{7,9}$/, "a Korean phone number is expected, as 010-0000-0000 or +821000000000")
);
var phoneNumbers = pipe(array(phoneNumber), nonEmpty("at least one phone number is expected"));
var senderNumber = pipe(
  digits,
  regex(/^(0[1-9]\d{7,9}|1[5-9]\d{6})$/, "a Korean phone number is expected, as 02-000-0000 or 1500-0000")
);

// handlers/notifier/channels/nhn-sms.ts
var secret = strictObject({ appKey, secretKey, sender: senderNumber, recipients: phoneNumbers });
var mms = "mms:";
var nhnSms = {
  name: "nhn-sms",
  urlVariable: "NHN_SMS_URL",
  url: "https://sms.api.nhncloudservice.com",
  secret,
  recipients: ({ recipients }) => recipients,
  sms: true,
  request: ({ url, secret: secret4, recipient, message, long }) => {
    const form = long ? { ...longMessage(message), senderGroupingKey: mms } : { body: message.short };
    return {
      url: `${url}/sms/v3.0/appKeys/${secret4.appKey}/sender/${long ? "mms" : "sms"}`,
      headers: nhnHeaders(secret4),
      // Nothing of the try is in the body: the console's guard against copies knows them by identical bodies.
      body: JSON.stringify({ ...form, sendNo: secret4.sender, recipientList: [{ recipientNo: recipient }] })
    };
  },
  // -2021: too many requests at once. -9999: the provider's own unknown error, after which it may have been sent.
  classify: (answer2) => nhnOutcome(answer2, { [-2021]: "retryable", [-9999]: "ambiguous" }),
  // The sender's number as NHN Cloud lists it: registered, in use and not blocked.
  check: [
    {
      request: ({ url, secret: { appKey: appKey2, sender, ...keys } }) => ({
        url: `${url}/sms/v3.0/appKeys/${appKey2}/sendNos?sendNo=${sender}&useYn=Y&blockYn=N`,
        method: "GET",
        headers: nhnHeaders(keys)
      }),
      classify: (answer2, { secret: { sender } }) => {
        const said2 = "status" in answer2 ? safeParse(senders, jsonObject(answer2.body)) : void 0;
        if (!said2?.success) return nhnOutcome(answer2, { [-9999]: "ambiguous" });
        const isThere = said2.output.body.data.some(({ sendNo }) => sendNo.replace(/\D/g, "") === sender);
        const reason = "the sender is not registered, not in use, or blocked";
        return isThere ? { outcome: "accepted", code: "sender" } : { outcome: "permanent", code: "sender", reason };
      }
    }
  ],
  receipt: {
    request: ({ url, secret: secret4, code }) => {
      const [place, id] = code.startsWith(mms) ? ["mms", code.slice(mms.length)] : ["sms", code];
      return {
        url: `${url}/sms/v3.0/appKeys/${secret4.appKey}/sender/${place}/${encodeURIComponent(id)}?recipientSeq=1`,
        method: "GET",
        headers: nhnHeaders(secret4)
      };
    },
    // 5: the guard against copies took it for one.
    classify: (answer2) => nhnReceipt(answer2, { 0: "failed", 1: "pending", 2: "pending", 3: "delivered", 5: "failed" })
  }
};
var senders = object({
  header: object({ isSuccessful: literal(true) }),
  body: object({ data: array(object({ sendNo: string() })) })
});

// unused:./slack.ts
var slack = void 0;

// unused:./solapi-alimtalk.ts
var solapiAlimtalk = void 0;

// handlers/notifier/channels/solapi.ts
var import_node_crypto6 = require("node:crypto");
var solapiSecret = {
  apiKey: pipe(string(), regex(/^\w+$/, "an API key is expected: letters and digits")),
  apiSecret: pipe(string(), nonEmpty("an API secret is expected")),
  recipients: phoneNumbers
};
function solapiRequest(delivery, message) {
  const { url, secret: secret4, recipient, alertId, now, salt, amend } = delivery;
  return {
    url: `${url}/messages/v4/send-many/detail`,
    headers: headers(secret4, amend.now ?? now, salt),
    // customFields come back with GET /messages/v4/list: the only way to find a message by its alert.
    body: JSON.stringify({
      messages: [{ to: recipient, ...message, customFields: { alertId } }],
      showMessageList: true
    })
  };
}
function headers({ apiKey, apiSecret }, now, salt) {
  return { "content-type": "application/json", authorization: authorization(apiKey, apiSecret, now, salt) };
}
function authorization(apiKey, apiSecret, now, salt) {
  const date = now.toISOString();
  const signature = (0, import_node_crypto6.createHmac)("sha256", apiSecret).update(`${date}${salt}`).digest("hex");
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`;
}
function solapiOutcome(answer2) {
  if ("unanswered" in answer2) return unansweredOutcome(answer2);
  const body = safeParse(sendAnswer2, jsonObject(answer2.body));
  const said2 = body.success ? body.output : {};
  const failed = said2.failedMessageList?.[0];
  if (said2.errorCode) return refusal(answer2, said2.errorCode, said2.errorMessage ?? "");
  if (failed !== void 0) return refusal(answer2, failed.statusCode, failed.statusMessage ?? "");
  const count = said2.groupInfo?.count;
  if (answer2.status >= 200 && answer2.status < 300 && (count?.registeredSuccess ?? 0) > 0) {
    return { outcome: "accepted", code: said2.groupInfo?.groupId ?? "2000" };
  }
  if ((count?.registeredFailed ?? 0) > 0) return refusal(answer2, "registeredFailed", "no reason given");
  return refusal(answer2, "", "the answer does not parse");
}
function solapiQuestion({ url, secret: secret4, now, salt }, path) {
  return { url: url + path, method: "GET", headers: headers(secret4, now, salt) };
}
var lowBalance = 1e3;
var solapiBalance = {
  request: (asking2) => solapiQuestion(asking2, "/cash/v1/balance"),
  classify: (answer2) => {
    const { balance, point = 0 } = "status" in answer2 && answer2.status === 200 ? jsonObject(answer2.body) ?? {} : {};
    if (typeof balance !== "number") return solapiOutcome(answer2);
    const left = balance + Number(point);
    if (left <= 0) return { outcome: "permanent", code: "no-balance", reason: "the balance is used up" };
    return { outcome: "accepted", code: "balance", ...left < lowBalance && { remark: `only ${left} won are left` } };
  }
};
var retryableCodes = ["1024", "RequestTimeTooSkewed", "DuplicatedSignature"];
function refusal({ status, date, retryAfter }, said2, reason) {
  const code = said2 || String(status);
  if (status !== 429 && status !== 503 && !retryableCodes.includes(said2)) {
    const maybe = status >= 500 || status < 400 && said2 === "";
    return { outcome: maybe ? "ambiguous" : "permanent", code, reason };
  }
  const now = new Date(date ?? Number.NaN);
  const skewed = said2 === "RequestTimeTooSkewed" && now.getTime() > 0;
  return { outcome: "retryable", code, reason, ...skewed ? { again: { amend: { now } } } : waitAsked(retryAfter) };
}
function solapiReceiptRequest(accepted) {
  return solapiQuestion(accepted, `/messages/v4/list?groupId=${encodeURIComponent(accepted.code)}`);
}
function solapiReceipt(answer2, { recipient }) {
  if ("unanswered" in answer2) return { receipt: "unknown", code: "no-answer", reason: answer2.reason };
  const parsed = safeParse(listAnswer, jsonObject(answer2.body));
  const listed = parsed.success && answer2.status === 200 ? Object.values(parsed.output.messageList) : void 0;
  const mine = listed?.find(({ to }) => to === recipient);
  if (mine === void 0) {
    const reason2 = listed ? "the message is not listed" : "the answer does not parse";
    return { receipt: "unknown", code: String(answer2.status), reason: reason2 };
  }
  const { statusCode: code, statusMessage, reason } = mine;
  if (code === "4000") return { receipt: "delivered", code };
  if (code === "2000" || code === "3000") return { receipt: "pending", code };
  return { receipt: "failed", code, reason: statusMessage ?? reason ?? "no reason given" };
}
var text2 = nullish(string());
var sendAnswer2 = object({
  errorCode: text2,
  errorMessage: text2,
  failedMessageList: nullish(array(object({ statusCode: string(), statusMessage: text2 }))),
  groupInfo: nullish(
    object({
      groupId: text2,
      count: object({ registeredSuccess: nullish(number()), registeredFailed: nullish(number()) })
    })
  )
});
var listAnswer = object({
  messageList: record(
    string(),
    object({ to: text2, statusCode: pipe(string(), regex(/^\d+$/)), statusMessage: text2, reason: text2 })
  )
});

// handlers/notifier/channels/solapi-sms.ts
var secret2 = strictObject({ ...solapiSecret, sender: senderNumber });
var senders2 = {
  request: (asking2) => solapiQuestion(asking2, "/senderid/v1/numbers/active"),
  classify: (answer2, { secret: { sender } }) => {
    const numbers = "status" in answer2 && answer2.status === 200 ? safeParse(numberList, jsonObject(answer2.body)) : void 0;
    if (!numbers?.success) return solapiOutcome(answer2);
    const isThere = numbers.output.some(
      (number2) => is(senderNumber, number2) && parse(senderNumber, number2) === sender
    );
    const reason = "the sender is not registered";
    return isThere ? { outcome: "accepted", code: "sender" } : { outcome: "permanent", code: "sender", reason };
  }
};
var numberList = array(string());
var solapiSms = {
  name: "solapi-sms",
  urlVariable: "SOLAPI_URL",
  url: "https://api.solapi.com",
  secret: secret2,
  recipients: ({ recipients }) => recipients,
  sms: true,
  request: (delivery) => {
    const from = delivery.secret.sender;
    if (!delivery.long) return solapiRequest(delivery, { from, text: delivery.message.short, type: "SMS" });
    const { title, body } = longMessage(delivery.message);
    return solapiRequest(delivery, { from, text: body, subject: title, type: "LMS" });
  },
  classify: solapiOutcome,
  receipt: { request: solapiReceiptRequest, classify: solapiReceipt },
  check: [solapiBalance, senders2]
};

// handlers/notifier/channels/telegram.ts
var secret3 = strictObject({
  token: pipe(string(), regex(/^\d+:[\w-]+$/, "a bot's token is expected, as 000000:letters")),
  chatId: pipe(
    union([string(), number()]),
    transform(String),
    regex(/^(-?\d+|@\w+)$/, "a chat's id is expected, as -1000000000000 or @name")
  ),
  /** A topic of a group that has topics. General, which is 1, is no thread to the Bot API. */
  messageThreadId: optional(
    pipe(
      union([string(), number()]),
      transform(String),
      regex(/^([2-9]|[1-9]\d+)$/, "a topic's number is expected, as 5; leave it out for General"),
      transform(Number)
    )
  )
});
var telegram = {
  name: "telegram",
  urlVariable: "TELEGRAM_URL",
  url: "https://api.telegram.org",
  secret: secret3,
  recipients: ({ chatId }) => [chatId],
  sms: false,
  request: ({ url, secret: { token, messageThreadId }, recipient, message, amend }) => {
    const lines = flat(message.lines);
    const text3 = cutTo(plainText(lines), 4096);
    return {
      url: `${url}/bot${token}/sendMessage`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        chat_id: amend.chatId ?? recipient,
        message_thread_id: messageThreadId,
        // left out by JSON where there is none
        text: text3,
        ...amend.plain ? {} : { entities: entities(lines, text3.length) },
        link_preview_options: { is_disabled: true }
      })
    };
  },
  classify,
  // «typing…» for five seconds needs the right to write, as a message does. getMe and getChat need only that to read, and
  // pass where the bot is blocked or removed. Source: tdlib/telegram-bot-api.
  check: [
    {
      request: ({ url, secret: { token, messageThreadId }, recipient }) => ({
        url: `${url}/bot${token}/sendChatAction`,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chat_id: recipient, message_thread_id: messageThreadId, action: "typing" })
      }),
      classify: (answer2) => {
        const outcome = classify(answer2);
        return outcome.outcome === "retryable" && outcome.again?.amend ? { ...outcome, outcome: "permanent" } : outcome;
      }
    }
  ]
};
function entities(lines, end) {
  const found = [];
  let offset = 0;
  for (const line of lines) {
    for (const { text: text3, style } of line) {
      const length = Math.min(text3.length, end - offset);
      if (style && length > 0) found.push({ type: style === "bold" ? "bold" : "code", offset, length });
      offset += text3.length;
    }
    offset += 1;
  }
  return found;
}
function classify(answer2) {
  if ("unanswered" in answer2) return unansweredOutcome(answer2);
  const parsed = safeParse(sendAnswer3, jsonObject(answer2.body));
  const said2 = parsed.success ? parsed.output : void 0;
  if (said2?.ok && answer2.status >= 200 && answer2.status < 300)
    return { outcome: "accepted", code: String(answer2.status) };
  const status = said2?.error_code ?? answer2.status;
  const [code, reason] = [String(status), said2?.description ?? "the answer does not parse"];
  if (status === 429 || status >= 500) {
    return { outcome: "retryable", code, reason, ...waitAsked(said2?.parameters?.retry_after, answer2.retryAfter) };
  }
  const amend = status === 400 ? askedFor(said2) : void 0;
  if (amend) return { outcome: "retryable", code, reason: reason + toMend(amend), again: { amend } };
  return { outcome: status >= 400 || said2?.ok === false ? "permanent" : "ambiguous", code, reason };
}
function askedFor(said2) {
  const chatId = said2?.parameters?.migrate_to_chat_id;
  if (chatId) return { chatId: String(chatId) };
  return /entit/i.test(said2?.description ?? "") ? { plain: true } : void 0;
}
function toMend({ chatId }) {
  return chatId === void 0 ? "" : `; its new id ends in ${chatId.slice(-4)}: put that into the secret`;
}
var sendAnswer3 = object({
  ok: boolean(),
  error_code: nullish(number()),
  description: nullish(string()),
  parameters: nullish(object({ retry_after: nullish(number()), migrate_to_chat_id: nullish(number()) }))
});

// handlers/notifier/channels/registry.ts
var channels = {
  telegram: erase(telegram),
  "nhn-sms": erase(nhnSms),
  "solapi-sms": erase(solapiSms),
  "nhn-alimtalk": erase(nhnAlimtalk),
  "solapi-alimtalk": erase(solapiAlimtalk),
  slack: erase(slack),
  discord: erase(discord)
};
function erase(channel) {
  return channel;
}

// handlers/notifier/channels/secret.ts
function readSecret({ secret: schema }, written) {
  let value;
  try {
    value = JSON.parse(written);
  } catch {
    return { wrong: "is not JSON" };
  }
  const parsed = safeParse(schema, value);
  if (parsed.success) return { secret: parsed.output };
  const fields2 = parsed.issues.map((issue) => `${getDotPath(issue) ?? "the whole"} (${saidOf(issue)})`);
  return { wrong: `has wrong fields: ${fields2.join(", ")}; it takes ${Object.keys(schema.entries).join(", ")}` };
}
function saidOf({ kind, message, expected, received }) {
  if (kind === "validation") return message;
  if (expected === "never") return "unknown";
  return received === "undefined" ? "missing" : `${expected} expected`;
}

// handlers/notifier/secrets.ts
var maxAgeMs = 5 * 6e4;
var restMs = 5e3;
function secrets(callAws, path, timeoutMs, now) {
  const all = /* @__PURE__ */ new Map();
  function keptOf({ name }) {
    const nothing = {
      written: void 0,
      good: void 0,
      failure: "",
      askedAt: 0,
      askAgainAt: 0,
      asking: void 0
    };
    const kept = all.get(name) ?? nothing;
    all.set(name, kept);
    return kept;
  }
  async function ask(channel, kept) {
    try {
      kept.written = await readParameter(callAws, `${path}/${channel.name}`, timeoutMs);
      kept.askAgainAt = now() + maxAgeMs;
      kept.askedAt = now();
      kept.failure = "";
    } catch (error) {
      kept.failure = error.message;
      kept.askAgainAt = now() + restMs;
    }
    kept.asking = void 0;
  }
  function stateOf(channel, kept) {
    const { written, failure, good } = kept;
    if (written === void 0) return { outcome: "retryable", code: "secrets-unreadable", reason: failure };
    const state2 = parseSecret(channel, written, path);
    if (!("secret" in state2)) return good === void 0 ? state2 : { secret: good, stale: state2.reason };
    kept.good = state2.secret;
    return failure === "" ? state2 : { ...state2, stale: failure };
  }
  return {
    read: async (channel) => {
      const kept = keptOf(channel);
      if (now() >= kept.askAgainAt) kept.asking ??= ask(channel, kept);
      await kept.asking;
      return stateOf(channel, kept);
    },
    reread: async (channel) => {
      const kept = keptOf(channel);
      const before = kept.written;
      if (kept.asking === void 0 && now() < kept.askedAt + restMs) return void 0;
      kept.asking ??= ask(channel, kept);
      await kept.asking;
      return kept.written === before ? void 0 : stateOf(channel, kept);
    }
  };
}
function parseSecret(channel, written, path) {
  const parameter = `${path}/${channel.name}`;
  if (written === null) {
    return { outcome: "permanent", code: "secret-missing", reason: `SSM has no parameter ${parameter}` };
  }
  const read = readSecret(channel, written);
  if ("secret" in read) return read;
  return { outcome: "permanent", code: "secret-malformed", reason: `${parameter} ${read.wrong}` };
}
async function readParameter(callAws, name, timeoutMs) {
  const target = "AmazonSSM.GetParameter";
  const answer2 = await callAws({
    service: "ssm",
    target,
    input: { Name: name, WithDecryption: true },
    timeoutMs
  }).catch((error) => {
    if (error.type === "ParameterNotFound") return null;
    throw error;
  });
  if (answer2 === null) return null;
  const parsed = safeParse(parameterAnswer, answer2);
  if (!parsed.success) throw new Error(`${target}: the answer is not of the expected form`);
  return parsed.output.Parameter.Value;
}
var parameterAnswer = object({ Parameter: object({ Value: string() }) });

// handlers/notifier/send.ts
var import_node_async_hooks = require("node:async_hooks");
var import_node_diagnostics_channel = require("node:diagnostics_channel");
var import_node_net2 = require("node:net");
var bodyLimit = 64 * 1024;
var addressMs = 1e3;
(0, import_node_net2.setDefaultAutoSelectFamilyAttemptTimeout)(addressMs);
var asking = new import_node_async_hooks.AsyncLocalStorage();
var progressOf = /* @__PURE__ */ new WeakMap();
(0, import_node_diagnostics_channel.subscribe)("undici:request:create", (message) => {
  const progress = asking.getStore();
  if (progress === void 0) return;
  progress.made = true;
  progressOf.set(message.request, progress);
});
(0, import_node_diagnostics_channel.subscribe)("undici:client:sendHeaders", (message) => {
  const progress = progressOf.get(message.request);
  if (progress !== void 0) progress.began = true;
});
async function send(request, timeoutMs) {
  const signal = AbortSignal.timeout(timeoutMs);
  const progress = {};
  try {
    const { url, method = "POST", headers: headers2, body = null } = request;
    const asked = () => fetch(url, { method, headers: headers2, body, redirect: "manual", signal });
    const response = await asking.run(progress, asked);
    const [date, retryAfter] = [response.headers.get("date"), response.headers.get("retry-after")];
    return {
      status: response.status,
      body: await readBody(response),
      ...date !== null && { date },
      ...retryAfter !== null && { retryAfter }
    };
  } catch (error) {
    const { cause, message } = error;
    const isOurs = cause?.code === void 0 && cause?.errors === void 0;
    const isRefused = progress.made ? !progress.began : !signal.aborted && (isOurs || neverBegan(cause));
    const unanswered = isRefused ? "refused" : "lost";
    if (!signal.aborted) return { unanswered, reason: cause?.code ?? cause?.errors?.[0]?.code ?? message };
    return { unanswered, reason: `no ${isRefused ? "connection" : "answer"} in ${timeoutMs} ms` };
  }
}
function neverBegan({ code = "", syscall = "", message = "", errors }) {
  if (errors?.length) return errors.every(neverBegan);
  return /^(connect|getaddrinfo)$/.test(syscall) || beforeRequest.test(code) || /before secure TLS/.test(message);
}
var beforeRequest = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL)$|^ERR_(SSL|TLS)_|CERT|^UNABLE_TO_/;
async function readBody(response) {
  const decoder = new TextDecoder();
  let body = "";
  for await (const chunk of response.body ?? []) {
    body += decoder.decode(chunk, { stream: true });
    if (body.length > bodyLimit) break;
  }
  return body;
}

// handlers/notifier/windows.ts
var graceMs = 1e4;
var windowsKey = "#windows";
var mostCounted = 2e4;
function windows(table2, claims2, now) {
  const known = /* @__PURE__ */ new Map();
  const unrecorded = /* @__PURE__ */ new Map();
  async function enter(activity, earlier, wanted) {
    const fresh = openedBy(activity, now());
    if (fresh === void 0) return { told: true };
    const before = earlier === void 0 ? void 0 : windowOf(earlier);
    if (before !== void 0 && await stillCounts(before, activity)) return { why: "counted", what: idOf2(before) };
    wanted.throwIfAborted();
    const window = await openOrJoin(fresh);
    if (window.opener === activity.id) return { told: true };
    wanted.throwIfAborted();
    await claims2.release(activity.id, { counted: JSON.stringify(window) });
    wanted.throwIfAborted();
    await count(window, activity);
    return { why: "counted", what: idOf2(window) };
  }
  async function stillCounts(window, activity) {
    if (now() >= window.closes) return await table2.get(countsKey(window), activity.id) !== void 0;
    await count(window, activity);
    return true;
  }
  async function openOrJoin(fresh) {
    const { name } = fresh;
    const last = known.get(name);
    if (last !== void 0 && now() < last.closes) return last;
    const written = JSON.stringify(fresh);
    const opened = await table2.update(windowsKey, name, {
      UpdateExpression: "SET closes = :closes, latest = :window ADD pending :pending",
      ConditionExpression: "attribute_not_exists(closes) OR closes <= :now",
      ExpressionAttributeValues: {
        ":closes": { N: String(fresh.closes) },
        ":window": { S: written },
        ":pending": { SS: [written] },
        ":now": { N: String(fresh.opened) }
      }
    });
    const window = opened ? fresh : windowOf((await table2.get(windowsKey, name))?.latest?.S) ?? fresh;
    known.set(name, window);
    return window;
  }
  async function count(window, activity) {
    await table2.put({
      alert: { S: countsKey(window) },
      delivery: { S: activity.id },
      call: { S: callOf(activity, window.of) },
      failed: { N: activity.failure === void 0 ? "0" : "1" },
      expires: expires(now())
    });
  }
  return {
    enter,
    enterWithoutTable: (activity) => {
      const fresh = openedBy(activity, now());
      if (fresh === void 0) return { told: true };
      const { name } = fresh;
      const last = [known.get(name), unrecorded.get(name)].find((window) => window && now() < window.closes);
      if (last?.opener === activity.id) return { told: true };
      if (last !== void 0) return { why: "held", what: `cannot be counted into «${idOf2(last)}» without the table` };
      unrecorded.set(name, fresh);
      return { told: true };
    },
    due: async () => {
      const all = (await table2.query(windowsKey)).flatMap(({ pending }) => pending?.SS ?? []);
      return all.flatMap((written) => windowOf(written) ?? []).filter(({ closes }) => closes + graceMs <= now());
    },
    digest: async (window) => digestOf(window, await table2.query(countsKey(window), mostCounted)),
    close: async (window) => {
      await table2.update(windowsKey, window.name, {
        UpdateExpression: "DELETE pending :pending",
        ExpressionAttributeValues: { ":pending": { SS: [JSON.stringify(window)] } }
      });
    }
  };
}
function openedBy(activity, opened) {
  const gathering = gatheringOf(activity);
  if (gathering === void 0) return void 0;
  const { name, of, lengthMs } = gathering;
  return {
    name,
    of,
    official: activity.official,
    opener: activity.id,
    call: callOf(activity, of),
    failed: activity.failure !== void 0,
    account: /^\d{12}$/.test(activity.account) ? activity.account : "",
    opened,
    closes: opened + lengthMs
  };
}
function callOf({ service, name, subject: subject2, sourceIp }, of) {
  const call = `${service.replace(/\.amazonaws\.com$/, "")}:${name}`.slice(0, 100);
  return of === "notable" ? call : [call, subject2.slice(0, 60), sourceIp.slice(0, 45)].filter(Boolean).join(" ");
}
function idOf2({ name, opened, opener }) {
  return `#digest of ${name} ${new Date(opened).toISOString()} ${opener}`;
}
function countsKey(window) {
  return `#counts ${idOf2(window)}`;
}
function windowOf(written) {
  try {
    const window = JSON.parse(written ?? "");
    return typeof window.closes === "number" ? window : void 0;
  } catch {
    return void 0;
  }
}
function digestOf(window, items) {
  const calls = /* @__PURE__ */ new Map();
  const add = (name, failed) => {
    const call = calls.get(name) ?? { name, count: 0, failed: 0 };
    calls.set(name, { name, count: call.count + 1, failed: call.failed + (failed ? 1 : 0) });
  };
  add(window.call, window.failed);
  for (const { call, failed } of items) add(call?.S ?? "", failed?.N === "1");
  return {
    id: idOf2(window),
    of: window.of,
    official: window.official,
    account: window.account,
    opened: new Date(window.opened),
    closed: new Date(window.closes),
    total: items.length + 1,
    more: items.length >= mostCounted,
    told: 1,
    calls: [...calls.values()].sort((one, other) => other.count - one.count)
  };
}

// handlers/notifier/world.ts
var providersUntilMs = 3400;
function world({ environment, log, now, askMs = 1e3 }) {
  const settings = JSON.parse(environment.SETTINGS);
  const callAws = awsCaller(environment, now);
  const items = table(callAws, environment.DELIVERIES_TABLE, askMs);
  const ending = table(callAws, environment.DELIVERIES_TABLE, askMs / 2);
  const claimed = claims(items, ending, now);
  return {
    settings,
    channels,
    table: items,
    claims: claimed,
    records: deliveryRecords(ending),
    windows: windows(items, claimed, now),
    cap: smsCap(ending, settings.sms.dailyCap, now),
    secrets: secrets(callAws, environment.SECRETS_PATH, askMs, now),
    report: reporter(settings.name, log, now),
    send,
    urlOf: (channel) => environment[channel.urlVariable] || channel.url,
    now,
    askMs
  };
}

// handlers/notifier/alerts.ts
async function postAlert(world2, body, drillId) {
  const { settings, report, now } = world2;
  const deadline = now() + providersUntilMs;
  const reading = onlyDrill(readActivity(body, settings.name), drillId);
  if ("refused" in reading) {
    report.line("error", { refused: reading.refused });
    return { status: 400, body: { error: reading.refused } };
  }
  const { activity } = reading;
  const secretsRead = Promise.all(channelsOf(settings).map((name) => world2.secrets.read(world2.channels[name])));
  const asked = await askTable(world2, activity);
  const reply = "why" in asked ? await withoutTelling(world2, activity, asked) : await told(world2, asked, deadline);
  await secretsRead;
  return reply;
}
function onlyDrill(reading, drillId) {
  if (drillId === void 0 || "refused" in reading) return reading;
  const { activity } = reading;
  const { drill, id, official } = activity;
  return drill && !official && id === drillId ? { activity: { ...activity, drill: { ...drill, tookIn: "" } } } : { refused: "only a drill, with its own id in the path, is taken here" };
}
async function askTable(world2, read) {
  const { settings, records, windows: windows2, report, now, askMs } = world2;
  const day = dayIn(settings.timeZone, new Date(now()));
  const wanted = new AbortController();
  const answered = new AbortController();
  try {
    const tooLate = (0, import_promises3.setTimeout)(askMs, void 0, { signal: answered.signal }).then(() => {
      throw new Error(`DynamoDB: not all answers in ${askMs} ms`);
    });
    return await Promise.race([lookUp(world2, read, day, wanted.signal), tooLate]);
  } catch (error) {
    wanted.abort();
    const recordsFailure = error.message;
    report.metric("RecordsUnavailable", { alert: read.id, records: recordsFailure });
    const before = records.among(read.id, []);
    const standing = before.size > 0 ? { told: true } : windows2.enterWithoutTable(read);
    return "told" in standing ? { activity: read, before, day, recordsFailure } : standing;
  } finally {
    answered.abort();
  }
}
async function lookUp(world2, read, day, wanted) {
  const { table: table2, claims: claims2, records, windows: windows2, now } = world2;
  const { id, drill } = read;
  if (!await claims2.take(id)) return { why: "claimed", what: "another copy of it is being handled: come again" };
  const [items, assumed] = await Promise.all([table2.query(id), isAssumed(table2, read), rememberKey(table2, read, now())]);
  const activity = assumed ? asAssumedSession(read) : read;
  const before = records.among(id, items);
  const tell2 = { activity, before, day, recordsFailure: "" };
  if (before.size > 0 || isTold(items)) return tell2;
  if (drill && Object.keys(routesFor(world2.settings, drill)).length === 0) {
    return { why: "refused", what: "no route has a channel that the drill names" };
  }
  if (drill && !await takeDrill(table2, drill, day, now())) {
    return { why: "refused", what: "the day's drills are used up" };
  }
  const standing = await windows2.enter(activity, countedIn(items), wanted);
  return "told" in standing ? tell2 : standing;
}
var answers = { counted: 202, refused: 202, claimed: 503, held: 503 };
async function withoutTelling(world2, { id, kind }, { why, what }) {
  const { claims: claims2, report } = world2;
  const body = { alert: id, kind, [why]: what };
  if (why === "refused") {
    report.metric("DrillsRefused", body);
    await claims2.release(id, { refused: what }).catch(() => {
    });
  } else report.line(why === "held" ? "error" : "info", body);
  return { status: answers[why], body };
}
async function told(world2, { activity, before, day, recordsFailure }, deadline) {
  const { settings, claims: claims2, report, now } = world2;
  const { id, kind, account, drill } = activity;
  const tableAnswers = recordsFailure === "";
  const alert = { id, message: alertMessage(activity, settings) };
  const reserve = mayUseReserve(activity);
  const [{ status, deliveries, failedOver, ...written }] = await Promise.all([
    tell(world2, alert, { before, reserve, day, account, deadline, tableAnswers, drill }),
    tableAnswers ? claims2.tell(id).catch(() => {
    }) : void 0
  ]);
  const failure = recordsFailure || written.recordsFailure;
  if (failure === "" && now() < deadline + 100) {
    await claims2.release(id, leftBy(deliveries, failedOver, now())).catch(() => {
    });
  }
  if (deliveries.some(({ code }) => code.startsWith("secret"))) report.metric("SecretsUnreadable", { alert: id });
  if (drill?.channels.length === 0 && deliveries.every(isWell)) report.drill(id, drill.tookIn);
  report.line("info", { alert: id, kind, status });
  return { status, body: { alert: id, kind, records: failure || "kept", deliveries: deliveries.map(shown) } };
}
function leftBy(deliveries, failedOver, now) {
  const at = new Date(now).toISOString();
  const listed = (failed) => JSON.stringify(failed.map((one) => ({ ...shown(one), at })));
  const unreached = listed(deliveries.filter((one) => !isWell(one)));
  return failedOver.length === 0 ? { unreached } : { unreached, failedOver: listed(failedOver) };
}

// handlers/notifier/lookup.ts
var import_node_crypto7 = require("node:crypto");
var receiptMs = 3e3;
async function getAlert(world2, id, receipts) {
  let items;
  try {
    items = await world2.table.query(id);
  } catch (error) {
    return { status: 503, body: { alert: id, error: error.message } };
  }
  const deliveries = items.filter((item) => item.route !== void 0);
  const own2 = ownItem(items);
  if (deliveries.length === 0 && own2 === void 0) {
    return { status: 404, body: { alert: id, error: "no record of it; records are kept for a month" } };
  }
  const found = await Promise.all(deliveries.map((item) => seen(world2, id, item, receipts)));
  const window = windowOf(countedIn(items));
  const [unreached, failedOver] = [own2?.unreached, own2?.failedOver].map(
    (list) => JSON.parse(list?.S ?? "[]")
  );
  const handling = Number(own2?.lease?.N ?? 0) > world2.now();
  const about = {
    ...window === void 0 ? {} : { counted: idOf2(window) },
    ...own2?.refused === void 0 ? {} : { refused: own2.refused.S }
  };
  return { status: 200, body: { alert: id, handling, ...about, deliveries: found, unreached, failedOver } };
}
async function seen(world2, alertId, item, receipts) {
  const { route, channel, recipient, outcome, code, attempts, ms, at } = item;
  const delivery = {
    route: route?.S,
    channel: channel?.S,
    recipient: recipient?.S,
    outcome: outcome?.S,
    code: code?.S,
    attempts: Number(attempts?.N),
    ms: Number(ms?.N),
    at: at?.S
  };
  if (!receipts || delivery.outcome !== "accepted") return delivery;
  return { ...delivery, receipt: await receiptOf(world2, alertId, item) };
}
async function receiptOf(world2, alertId, item) {
  const { channels: channels2, secrets: secrets2, send: send2, urlOf, now } = world2;
  const channel = channels2[item.channel?.S];
  if (channel?.receipt === void 0) {
    return { receipt: "unknown", code: "not-asked", reason: "this provider cannot be asked" };
  }
  const state2 = await secrets2.read(channel);
  if (!("secret" in state2)) return { receipt: "unknown", code: state2.code, reason: state2.reason };
  const { secret: secret4 } = state2;
  const mine = (one) => deliveryKey(item.route?.S ?? "", one) === item.delivery?.S;
  const recipient = channel.recipients(secret4).find(mine);
  if (recipient === void 0) {
    return { receipt: "unknown", code: "no-recipient", reason: "the secret names this recipient no more" };
  }
  const salt = (0, import_node_crypto7.randomBytes)(16).toString("hex");
  const accepted = {
    url: urlOf(channel),
    secret: secret4,
    recipient,
    code: item.code?.S ?? "",
    alertId,
    now: new Date(now()),
    salt
  };
  const receipt = channel.receipt.classify(await send2(channel.receipt.request(accepted), receiptMs), accepted);
  return "reason" in receipt ? { ...receipt, reason: redactReason(receipt.reason, secret4) } : receipt;
}

// handlers/notifier/sweep.ts
var mostOwedMs = 864e5;
async function sweep(world2) {
  const { windows: windows2, report, settings, channels: channels2, secrets: secrets2, now } = world2;
  const deadline = now() + providersUntilMs;
  const names2 = channelsOf(settings);
  const secretsRead = Promise.all(names2.map((name) => secrets2.read(channels2[name])));
  const told2 = [];
  const owed = [];
  try {
    const due = oldestOfEach(await windows2.due());
    await Promise.all(
      due.map(async (window) => (await settled(world2, window, deadline) ? told2 : owed).push(idOf2(window)))
    );
  } catch (error) {
    report.metric("RecordsUnavailable", { sweep: error.message });
  }
  for (const [index, state2] of (await secretsRead).entries()) {
    const reason = "secret" in state2 ? state2.stale : state2.reason;
    if (reason !== void 0) report.metric("SecretsUnreadable", { channel: names2[index], reason });
  }
  return { told: told2, owed };
}
function oldestOfEach(due) {
  const oldest = /* @__PURE__ */ new Map();
  for (const window of [...due].sort((one, other) => one.closes - other.closes)) {
    if (!oldest.has(window.name)) oldest.set(window.name, window);
  }
  return [...oldest.values()];
}
async function settled(world2, window, deadline) {
  const { windows: windows2, claims: claims2, report, now } = world2;
  const id = idOf2(window);
  try {
    if (!await claims2.take(id)) return false;
    const digest = await windows2.digest(window);
    const alone = digest.total === digest.told;
    const status = alone ? 202 : await tellDigest(world2, digest, deadline);
    const lost = status !== 202 && now() > window.closes + mostOwedMs;
    if (lost) report.line("error", { digest: id, total: digest.total, DigestsLost: 1 });
    if (status === 202 || lost) await windows2.close(window);
    await claims2.release(id);
    if (!alone) report.line("info", { digest: id, total: digest.total, status });
    return status === 202;
  } catch (error) {
    report.metric("RecordsUnavailable", { digest: id, records: error.message });
    return false;
  }
}
async function tellDigest(world2, digest, deadline) {
  const { records, table: table2, settings, now } = world2;
  const { id, account } = digest;
  const day = dayIn(settings.timeZone, new Date(now()));
  const before = records.among(id, await table2.query(id));
  const telling2 = { before, reserve: false, day, account, deadline, tableAnswers: true };
  return (await tell(world2, { id, message: digestMessage(digest, settings) }, telling2)).status;
}

// handlers/notifier/notifier.ts
function notifier(parts) {
  const here = world(parts);
  async function api(event) {
    if ((event.httpMethod ?? "POST") !== "POST") {
      const { status: status2, body: body2 } = await getAlert(here, idIn(event), event.queryStringParameters?.receipts === "ask");
      return answer(status2, body2);
    }
    const { status, body } = await postAlert(here, bodyOf(event), event.pathParameters ? idIn(event) : void 0);
    return answer(status, body);
  }
  return ((event) => "sweep" in event ? sweep(here) : api(event));
}
function idIn({ pathParameters }) {
  const id = pathParameters?.id ?? "";
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
function bodyOf({ body, isBase64Encoded }) {
  return isBase64Encoded ? Buffer.from(body ?? "", "base64").toString("utf8") : body ?? "";
}
function answer(statusCode, body) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

// handlers/notifier/index.ts
var handler = notifier({
  environment: process.env,
  log: (line) => process.stdout.write(`${line}
`),
  now: Date.now
});

// index.js
exports.handler = handler;
