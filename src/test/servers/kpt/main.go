// The fn commands of kpt, wired as kpt's own main does. The whole of kpt does not build from its
// published module: one of its alpha commands needs a module that is not published.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/kptdev/kpt/commands/fn"
	kpterrors "github.com/kptdev/kpt/pkg/lib/errors"
	"github.com/kptdev/kpt/pkg/lib/errors/resolver"
	"github.com/kptdev/kpt/pkg/printer"
	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "kpt", SilenceUsage: true, SilenceErrors: true}
	root.PersistentFlags().AddGoFlagSet(flag.CommandLine)
	root.PersistentFlags().BoolVar(&printer.TruncateOutput, "truncate-output", true, "cut long output")
	ctx := printer.WithContext(context.Background(), printer.New(os.Stdout, os.Stderr))
	root.AddCommand(fn.GetCommand(ctx, "kpt"))
	err := root.ExecuteContext(ctx)
	if err == nil {
		return
	}
	if resolved, ok := resolver.ResolveError(err); ok {
		fmt.Fprintln(os.Stderr, resolved.Message)
		os.Exit(resolved.ExitCode)
	}
	var known *kpterrors.Error
	if errors.As(err, &known) {
		if inner, ok := kpterrors.UnwrapErrors(known); ok {
			err = inner
		}
	}
	fmt.Fprintln(os.Stderr, "Error:", err)
	os.Exit(1)
}
