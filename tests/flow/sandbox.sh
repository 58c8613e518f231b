#!/bin/bash
# A hostile file costs itself at most: from inside a child of docket-worker it reaches nothing, and the next letter goes on.
# shellcheck source=tests/flow/lib.sh disable=SC2119
. "$(dirname "$0")/lib.sh"
export DOCKET_DATA=$ROOT/conf
stages=(identify read understand)
acts=(open connect exec loop allocate lie crash flood)

# --- from inside: the sanitized build's hooks do at each stage what a taken-over parser would
fresh_store
sed -i 's/^languages: .*/languages: [en]/' "$store/docket.yaml"
hooks='' day=10 # a received date of its own tells understanding, which gets no file, whose pages are meant
for act in "${acts[@]}"; do
  day=$((day + 1))
  for stage in identify read; do letter "hostile-$stage-$act" >"$inbox/$stage $act.txt"; done
  letter "hostile-understand-$act" >"$work/understand $act.txt"
  "$docket" ingest --received 2026-01-$day "$work/understand $act.txt" >/dev/null
  hooks+="identify:$act::hostile-identify-$act read:$act::hostile-read-$act understand:$act:2026-01-$day "
done
letter 'last teapot' >"$inbox/z last.txt"
# Whoever fills the memory of a slow machine needs more than three seconds of CPU for that.
DOCKET_TEST_HOOK=${hooks% } DOCKET_TEST_CPU_S=8 timeout 400 "$BUILD/san/docketd" --store "$store" --once 2>"$store.log"
ok 'docketd ends by itself after all of them' same 0 $?
# became STAGE ACT : what became of that file.
became () { in_store "select stage || ' ' || outcome || ' ' || ifnull(reason, '-') || ' ' || review from document where id = (select document from receipt where name = '$1 $2.txt')"; }
faults () { local id; id=$(in_store "select document from receipt where name = '$1 $2.txt'"); sed -n "s/.*event=fault document=$id stage=$1 .*fault=\([a-z]*\).*/\1/p" "$store.log" | sort -u | tr '\n' ' '; }
for act in "${acts[@]}"; do
  case $act in
  open | connect | exec) fault=sandbox ;;
  loop) fault=timeout ;;
  allocate) fault=memory ;;
  lie | flood) fault=limit ;; # it says that a record of 4 GB follows, or sends more than is allowed
  *) fault=crashed ;;
  esac
  for stage in "${stages[@]}"; do ok "$stage: $act is called $fault" same "$fault " "$(faults "$stage" "$act")"; done
  ok "identify: $act ends in quarantine" same "quarantined refused $fault []" "$(became identify "$act")"
  ok "read: $act leaves the rest of the document, marked as partial" same 'rest partial' "$(became read "$act" | cut -d' ' -f1,2)"
  ok "understand: $act leaves it to a person" same 'rest ok - ["kind","subject"]' "$(became understand "$act")"
done
ok 'each in quarantine has its original and a reason beside it' same "${#acts[@]}|${#acts[@]}" \
  "$(find "$store/quarantine" -name '*.txt' ! -name '*.reason.txt' | wc -l)|$(find "$store/quarantine" -name '*.reason.txt' -size +20c | wc -l)"
ok 'the letter behind them is read' says '"outcome":"ok"' "$docket" list --json
ok 'it is searchable' says '**teapot**' "$docket" search --json 'last teapot'
ok 'what could not be understood is searchable as well' says 'hostile' "$docket" search --json hostile
ok 'the store is clean' is_clean

# --- from outside: the plain build
fresh_store
start_docketd
# pdf TEXT… : a page for each, in a font that is not embedded; with $hidden, its text layer is rubbish.
pdf () {
  local i=5 kids='' text map=''
  [ -z "${hidden:-}" ] || map='/ToUnicode 4 0 R'
  printf '%%PDF-1.4\n3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>\nendobj\n' "$map"
  printf '4 0 obj\n<< >>\nstream\n/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n'
  printf '1 beginbfrange <20> <7e> <e020> endbfrange endcmap end\nendstream\nendobj\n'
  for text; do
    printf '%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>\nendobj\n' $i $((i + 1))
    printf '%d 0 obj\n<< >>\nstream\nBT /F 14 Tf 18 TL 60 700 Td ' $((i + 1))
    while read -r line; do printf '(%s) Tj T* ' "$line"; done <<<"$text"
    printf 'ET\nendstream\nendobj\n'
    kids+="$i 0 R "
    i=$((i + 2))
  done
  printf '2 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n' "$kids" $#
  printf 'trailer\n<< /Root 1 0 R >>\n%%%%EOF\n'
}
mend () { qpdf --warning-exit-0 "$1" "$2" >/dev/null 2>&1; } # adds the table of offsets
hidden=1 pdf "$(letter harmonium)" >"$work/raw.pdf"
mend "$work/raw.pdf" "$inbox/rubbish layer.pdf"
printf 'Tisztelt C\355m!\n\nPanaszt szeretn\351k tenni: a megrendelt vas\341rl\363t\341ska nem \351rkezett meg, \351s a t\373zhely is hib\341s, a f\365n\366k nem v\341laszol.\n\n\334dv\366zlettel,\nKov\341cs \301rp\341d\n' >"$inbox/windows-1250.txt"
page_of () { in_store "select page.origin from page join receipt on receipt.document = page.document where receipt.name = '$1'"; }
ok 'a PDF with a rubbish text layer is drawn with fonts that it lacks, and recognised' within 60 says '**harmonium**' "$docket" search --json harmonium
ok 'its page is a recognised one' same recognised "$(page_of 'rubbish layer.pdf')"
ok 'a text in Windows-1250 is read with its ő and ű' within 20 says 'tűzhely' "$docket" search --json tűzhely

# Killed while it works.
cp "$sample/fax_20261016_1705.tif" "$inbox/fax.tif"
worker () { pgrep -P "$daemon"; }
ok 'docketd has one docket-worker' same 1 "$(worker | wc -l)"
within 20 test ! -e "$inbox/fax.tif"
first=$(worker)
kill -9 "$first"
another () { local now; now=$(worker) && [ -n "$now" ] && [ "$now" != "$first" ]; }
ok 'killed, another takes its place' within 20 another
ok 'and the page is read' within 60 at_rest
ok 'whole' same 'rest ok' "$(in_store "select stage || ' ' || outcome from document where id = (select document from receipt where name = 'fax.tif')")"

# Long, but never in memory at once.
pages=()
for i in $(seq 1000); do pages+=("$(letter "article$i")"); done
pdf "${pages[@]}" >"$work/raw.pdf"
mend "$work/raw.pdf" "$work/long.pdf"
mv "$work/long.pdf" "$inbox/long.pdf"
within 20 test ! -e "$inbox/long.pdf"
letter 'short behind long' >"$inbox/short.txt"
ok 'a letter behind 1000 pages does not wait for them' within 20 says '**short**' "$docket" search --json 'short behind'
ok 'the 1000 pages are not done by then' says '"in_flight":1' "$docket" status --json
ok 'they come to rest' within 300 at_rest
ok 'its last page is found' says '"page":1000' "$docket" search --json article1000
ok 'docketd is still the same process' kill -0 "$daemon"
peak=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$daemon/status")
echo "# docketd used at most $((${peak:-0} / 1024)) MB"
ok 'docketd never needed 200 MB' test "${peak:-204800}" -lt 204800
stop_docketd
ok 'this store is clean too' is_clean
