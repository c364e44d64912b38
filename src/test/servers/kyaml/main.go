// What a kpt function in Go at least does: parse the ResourceList with kyaml and write it again.
package main

import (
	"fmt"
	"os"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/kio"
)

func main() {
	list := framework.ResourceListProcessorFunc(func(*framework.ResourceList) error { return nil })
	if err := framework.Execute(list, &kio.ByteReadWriter{
		Reader: os.Stdin, Writer: os.Stdout, KeepReaderAnnotations: true,
	}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
