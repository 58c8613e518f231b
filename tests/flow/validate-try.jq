# validate-try.jq - what is wrong with one object of `docket try --json`, a problem a line; nothing when all is as promised.
def kinds: ["complaint", "suggestion", "thanks", "question", "other"];
def codes: ["empty", "damaged", "unsupported", "too_large", "limit", "timeout", "memory", "crashed", "unsafe_name", "unreadable", "sandbox"];
def fields: ["sender", "address", "email", "phone", "letter_date", "customer_no", "order_no", "invoice_no", "reference_no", "amount", "iban",
             "deadline"];

def check(holds; problem): if holds then empty else problem end;
def among(list): . as $word | any(list[]; . == $word);
def keys_are(wanted; what): check(type == "object" and keys == (wanted | sort); "\(what): other keys, or no object");
def is_text: type == "string" and length > 0;
def is_whole: type == "number" and . >= 0 and . == floor;
def is_share: type == "number" and . >= 0 and . <= 1;
def is_date: is_text and test("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
def is_language: is_text and (. == "und" or test("^[a-z]{2}$"));
def is_box: type == "array" and length == 4 and all(.[]; is_whole) and .[0] < .[2] and .[1] < .[3];
def is_range: type == "array" and length == 2 and all(.[]; is_whole) and .[0] < .[1];
def folded: gsub("\\s+"; " ") | sub("^ "; "") | sub(" $"; "");

# A place on a page: a box where the page has pixels, else characters; characters, where given, hold what is quoted.
def place($pages; what; $quoted):
  if (.page | is_whole | not) or .page < 1 or .page > ($pages | length) then "\(what): no page \(.page)"
  else
    $pages[.page - 1] as $page
    | check(.box == null or (.box | is_box); "\(what): box \(.box)"),
      check(.chars == null or (.chars | is_range); "\(what): chars \(.chars)"),
      check(.box != null or .chars != null; "\(what): neither box nor chars"),
      check(($page.dpi == null) == (.box == null); "\(what): a page has boxes if it has pixels"),
      check(.chars == null or ($page.text[.chars[0]:.chars[1]] | folded | contains($quoted | folded));
            "\(what): “\($quoted)” is not in “\($page.text[.chars[0]:.chars[1]])”")
  end;

def page($no):
  keys_are(["no", "origin", "language", "rotation", "dpi", "confidence", "text"]; "page"),
  check(.no == $no; "page \($no) is numbered \(.no)"),
  check(.origin | among(["embedded", "recognised", "blank", "missing"]); "page origin \(.origin)"),
  check(.language | is_language; "page language \(.language)"),
  check(.text | type == "string"; "page text"),
  check(if .dpi == null then .rotation == null and .confidence == null
        else (.dpi | is_whole) and .dpi > 0 and (.rotation | among([0, 90, 180, 270]))
             and (.confidence == null or (.confidence | type == "number" and . >= 0 and . <= 100)) end;
        "page dpi \(.dpi), rotation \(.rotation), confidence \(.confidence)");

# Kind or subject; $values are the words allowed, or null.
def choice($pages; what; $values):
  .value as $value
  | keys_are(["value", "confidence", "undecided", "also", "because"]; what),
    check(all(.value, .also[]; is_text and ($values == null or among($values))); "\(what) \(.value), also \(.also)"),
    check(.confidence | is_share; "\(what) confidence \(.confidence)"),
    check(.undecided | type == "boolean"; "\(what) undecided \(.undecided)"),
    check(.also | among([[$value]]) or index($value) == null; "\(what): also repeats \($value)"),
    check(.undecided or $value == "other" or (.because | length) > 0; "\(what) \($value) is decided without a reason"),
    (.because[]
     | keys_are(["page", "box", "chars", "text", "rule"]; "because of \(what)"),
       check(.rule | is_text and test("^[a-z]+:[^ ]+$"); "\(what): rule \(.rule)"),
       place($pages; "because of \(what)"; .text),
       check(.chars == null or (.chars[1] - .chars[0]) <= (.text | length + 20); "because of \(what): chars longer than the text"));

def field($pages):
  keys_are(["name", "value", "raw", "page", "box", "chars", "confidence"]; "field"),
  check(.name | among(fields); "field \(.name)"),
  check((.value | is_text) and (.raw | is_text) and (.confidence | is_share); "field \(.name): value, raw, confidence"),
  check(.name as $name | .value
        | if $name == "letter_date" or $name == "deadline" then is_date
          elif $name == "amount" then test("^[0-9]+(\\.[0-9]+)? [A-Z]{3}$")
          elif $name == "iban" then test("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")
          elif $name == "email" then test("^[^@\\s]+@[^@\\s]+$")
          else test("[\\n\\t]") | not end;
        "field \(.name): “\(.value)”"),
  place($pages; "field \(.name)"; .raw);

def deadline:
  keys_are(["kind", "policy", "start", "due", "work_by", "state", "trace"]; "deadline"),
  check((.kind | is_text) and (.policy | is_text and test("^[A-Z]{2}-[A-Z0-9-]+/[a-z_]+$")); "deadline \(.policy)"),
  check((.start | is_date) and (.state | among(["ok", "provisional", "expected", "suspended", "calendar_missing"])); "deadline start \(.start), state \(.state)"),
  check(if .state == "calendar_missing" or .state == "suspended" then .due == null
        else (.due | is_date) and (.work_by | is_date) and .due >= .start and .work_by <= .due end; "deadline due \(.due), \(.work_by)"),
  check(.trace | length > 0; "deadline without trace"),
  (.trace[] | keys_are(["date", "counted", "why"]; "trace"),
              check((.date | is_date) and (.counted | type == "boolean") and (.why | is_text); "trace \(.)"));

def document:
  .pages as $pages
  | del(.urgency) | keys_are(["path", "media_type", "outcome", "reason", "warnings", "received", "pages", "barcodes", "language", "kind", "subject", "fields",
              "name", "folder", "deadlines", "children"]; "the object"),
    check((.path | is_text) and (.media_type == null or (.media_type | test("^[a-z]+/[^ ]+$"))); "path, media_type \(.media_type)"),
    check(.outcome | among(["ok", "partial", "needs_password", "refused"]); "outcome \(.outcome)"),
    check(if .reason == null then .outcome | among(["ok", "partial"])
          else (.reason | keys) == ["code", "text"] and (.reason.text | is_text) and (.reason.code | among(codes)) end;
          "reason \(.reason)"),
    check(all(.warnings[]; has("page") and (.code | among(codes))); "warnings \(.warnings)"),
    (.received | keys_are(["date", "source"]; "received"), check((.date | is_date) and (.source | is_text); "received \(.)")),
    (range($pages | length) as $i | $pages[$i] | page($i + 1)),
    (.barcodes[] | keys_are(["page", "type", "value", "box"]; "bar code"), check((.box | is_box) and (.type | is_text); "bar code \(.)")),
    (if .outcome | among(["ok", "partial"]) then
       check(.language | is_language; "language \(.language)"),
       (.kind | choice($pages; "kind"; kinds)),
       (.subject | choice($pages; "subject"; null)),
       check(.name | is_text and (test("[\\\\/:*?\"<>|]") | not) and utf8bytelength <= 180; "name “\(.name)”"),
       check(.folder | is_text and (test("^/|//|/$|\\.\\.") | not); "folder “\(.folder)”")
     else check(all(.kind, .subject, .name, .folder; . == null) and .fields == [] and .deadlines == []; "what was refused was understood") end),
    (.fields[] | field($pages)),
    (.deadlines[] | deadline),
    (.children[] | document);

document
