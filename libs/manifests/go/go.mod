module millrace.invalid/health

go 1.26.0

toolchain go1.26.8

require github.com/yuin/gopher-lua v1.1.2
