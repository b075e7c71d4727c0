// Reads an exported log and receipts with the packages of Go's checksum database, which know nothing of Tenderwell.
//
// interop VKEY FOLDER RECEIPT...
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("PROBLEM", err)
		os.Exit(1)
	}
}

func read(parts ...string) []byte {
	raw, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return raw
}

// checkpoint opens a signed note and returns the tree that it states.
func checkpoint(raw []byte, verifiers note.Verifiers) tlog.Tree {
	opened, err := note.Open(raw, verifiers)
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

func hash(text string) tlog.Hash {
	found, err := tlog.ParseHash(text)
	must(err)
	return found
}

// tiles reads the tiles of a folder; the checksum database names the height in its paths, c2sp.org/tlog-tiles does not.
type tiles struct{ folder string }

func (tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		raw, err := os.ReadFile(filepath.Join(t.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		found = append(found, raw)
	}
	return found, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries cuts the bundles of entries up.
func entries(folder string, size int64) [][]byte {
	var found [][]byte
	for start := int64(0); start < size; start += 256 {
		path := (tlog.Tile{H: 8, L: 0, N: start / 256, W: int(min64(256, size-start))}).Path()
		raw := read(folder, strings.Replace(path, "tile/8/0/", "tile/entries/", 1))
		for len(raw) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(raw))
			found = append(found, raw[2:end])
			raw = raw[end:]
		}
	}
	return found
}

func min64(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// receipt checks a c2sp.org/tlog-proof that carries its entry.
func receipt(path string, verifiers note.Verifiers) int64 {
	head, rest, _ := strings.Cut(string(read(path)), "\n\n")
	lines := strings.Split(head, "\n")
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		proof = append(proof, hash(line))
	}
	tree := checkpoint([]byte(rest), verifiers)
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	return index
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	must(err)
	verifiers, folder := note.VerifierList(verifier), os.Args[2]
	tree := checkpoint(read(folder, "checkpoint"), verifiers)
	reader := tlog.TileHashReader(tree, tiles{folder}) // checks every tile against the signed root
	for index, entry := range entries(folder, tree.N) {
		stored, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		must(err)
		if stored[0] != tlog.RecordHash(entry) {
			must(fmt.Errorf("entry %d is not what the tile says", index))
		}
	}
	for old := int64(1); old < tree.N; old = old*2 + 1 {
		proof, err := tlog.ProveTree(tree.N, old, reader)
		must(err)
		root, err := tlog.TreeHash(old, reader)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old, root))
	}
	for _, path := range os.Args[3:] {
		fmt.Println("receipt", receipt(path, verifiers))
	}
	fmt.Println("entries", tree.N)
}
