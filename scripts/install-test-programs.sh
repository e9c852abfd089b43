#!/bin/sh
# Puts in place the programs that some tests look through: Chromium for the pages, LibreOffice to open what we write,
# poppler-utils to read our PDF with other eyes, PostgreSQL's server for `make test-postgres`. Only Debian and only as root; elsewhere it says what is missing, and
# those tests skip, saying so.
set -u

has_package() { dpkg-query --show --showformat '${db:Status-Status}\n' "$@" 2>/dev/null | grep -q '^installed$'; }

missing=''
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
for part in writer calc; do
  if command -v soffice >/dev/null 2>&1; then
    command -v dpkg-query >/dev/null 2>&1 || continue # another system's LibreOffice comes whole
    has_package "libreoffice-$part" "libreoffice-$part-nogui" && continue
  fi
  missing="$missing libreoffice-$part-nogui"
done
[ -n "$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null)" ] || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # the list is meant to split into words
  apt-get update -qq >/dev/null 2>&1 &&
    apt-get install -qq --yes --no-install-recommends $missing >/dev/null 2>&1 </dev/null && exit 0
  echo "No se pudieron instalar:$missing; las pruebas que los usan se omiten."
  exit 0
fi
echo "Faltan programas que usan algunas pruebas (se omiten):$missing."
