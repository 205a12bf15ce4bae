// Runs Argo CD's health checks in the interpreter that Argo CD runs them in, opened as Argo CD opens it
// (argo-cd v3.5.1, util/lua/lua.go: runLua), on the samples that it gets on standard input.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"
)

type table struct {
	GroupKind string
	Script    string
	Samples   []struct {
		When, Is, Says string
		Object         map[string]any
	}
}

func main() {
	var tables []table
	if err := json.NewDecoder(os.Stdin).Decode(&tables); err != nil {
		fail("the samples cannot be read: %v", err)
	}
	wrong, count := 0, 0
	for _, table := range tables {
		for _, sample := range table.Samples {
			count++
			status, message, err := health(table.Script, sample.Object)
			if err == nil && status == sample.Is && strings.Contains(message, sample.Says) {
				continue
			}
			wrong++
			fmt.Printf("%s is %s (%s) when %s, and is to be %s (%s): %v\n", table.GroupKind, status, message, sample.When, sample.Is, sample.Says, err)
		}
	}
	if wrong > 0 || count == 0 {
		fail("%d of %d samples are not judged as they are to be", wrong, count)
	}
	fmt.Printf("%d samples\n", count)
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}

func health(script string, object map[string]any) (status, message string, err error) {
	l := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer l.Close()
	for name, open := range map[string]lua.LGFunction{lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		if err := l.CallByParam(lua.P{Fn: l.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			return "", "", err
		}
	}
	limited, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	l.SetContext(limited)
	l.SetGlobal("obj", decoded(l, object))
	if err := l.DoString(script); err != nil {
		return "", "", err
	}
	result, ok := l.Get(-1).(*lua.LTable)
	if !ok {
		return "", "", fmt.Errorf("the script gives a %s", l.Get(-1).Type())
	}
	return lua.LVAsString(result.RawGetString("status")), lua.LVAsString(result.RawGetString("message")), nil
}

func decoded(l *lua.LState, value any) lua.LValue {
	switch value := value.(type) {
	case bool:
		return lua.LBool(value)
	case float64:
		return lua.LNumber(value)
	case string:
		return lua.LString(value)
	case []any:
		list := l.NewTable()
		for _, item := range value {
			list.Append(decoded(l, item))
		}
		return list
	case map[string]any:
		table := l.NewTable()
		for key, item := range value {
			table.RawSetString(key, decoded(l, item))
		}
		return table
	}
	return lua.LNil
}
