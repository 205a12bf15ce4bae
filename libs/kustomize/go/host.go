//go:build wasip1

package main

import "unsafe"

// The host's imports are all that this module can reach. The host answers with a status; what it has to say beyond that
// (a file's bytes, a resolved path, why it refused) it keeps until answerCopy takes it, so that the guest allocates
// its own memory and the host never needs an address it was not just given.

//go:wasmimport millrace overlay
func hostOverlay() int32

//go:wasmimport millrace resolve
func hostResolve(path string) int32

//go:wasmimport millrace read
func hostRead(path string) int32

//go:wasmimport millrace answer_size
func hostAnswerSize() int32

//go:wasmimport millrace answer_copy
func hostAnswerCopy(to unsafe.Pointer)

//go:wasmimport millrace finish
func hostFinish(outcome int32, text string)

// What a host function returns, and how a build ended; src/host-answer.ts has the same numbers.
const (
	answerAbsent, answerFile, answerFolder, answerRefused = 0, 1, 2, 3
	outcomeRendered, outcomeRefused, outcomePanicked      = 0, 1, 2
)

// answer takes what the host has to say beyond its last status.
func answer() []byte {
	bytes := make([]byte, hostAnswerSize())
	if len(bytes) > 0 {
		hostAnswerCopy(unsafe.Pointer(unsafe.SliceData(bytes)))
	}
	return bytes
}
