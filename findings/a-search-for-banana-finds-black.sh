#!/usr/bin/env bash
# SQLite 3.53.4's FTS5 (npm: node-sqlite3-wasm 0.8.60), its default tokenizer unicode61.
#
# One would guess: words in any script are kept whole; at most accents fall away, and `remove_diacritics 0` keeps them.
# Seen: a combining mark that is no Latin accent is no part of a word for unicode61: it ends the word and is gone. Hindi's vowel
# signs are such marks, so "केला" (banana) and "काला" (black) are both the words "क" and "ल" and find each other, in quotes and
# with remove_diacritics 0 too; pointed Arabic falls apart into its letters, so that "محمد" doesn't find "مُحَمَّد".
# `categories 'L* N* Co M*'` keeps words whole; to fold the points is then the program's own work. trigram doesn't fold them either.
# Source: https://www.sqlite.org/fts5.html, section 4.3.1, which names the categories, not what follows for these scripts.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
npm install --silent --no-audit --no-fund --ignore-scripts node-sqlite3-wasm@0.8.60 >/dev/null

cat >look.cjs <<'END'
const { Database } = require('node-sqlite3-wasm');
const db = new Database(':memory:');
const tokenizers = ['unicode61', 'unicode61 remove_diacritics 0', "unicode61 categories 'L* N* Co M*'", 'trigram'];

// What `word` finds in a table that holds `text` alone.
function finds(tokenizer, word, text) {
  db.exec(`CREATE VIRTUAL TABLE texts USING fts5(text, tokenize="${tokenizer}")`);
  db.run('INSERT INTO texts VALUES (?)', [text]);
  const rows = db.all('SELECT text FROM texts WHERE texts MATCH ?', [`"${word}"`]);
  db.exec('DROP TABLE texts');
  return rows.length > 0 ? 'found' : 'not found';
}

console.log('SQLite', db.get('SELECT sqlite_version() AS version').version);
for (const tokenizer of tokenizers) {
  console.log(`${tokenizer}: banana in black ${finds(tokenizer, 'केला', 'काला')}, ` +
              `black in black ${finds(tokenizer, 'काला', 'काला')}, ` +
              `plain in pointed Arabic ${finds(tokenizer, 'محمد', 'مُحَمَّد')}`);
}
END
node look.cjs | tee seen
diff seen - <<'END'
SQLite 3.53.4
unicode61: banana in black found, black in black found, plain in pointed Arabic not found
unicode61 remove_diacritics 0: banana in black found, black in black found, plain in pointed Arabic not found
unicode61 categories 'L* N* Co M*': banana in black not found, black in black found, plain in pointed Arabic not found
trigram: banana in black not found, black in black found, plain in pointed Arabic not found
END
