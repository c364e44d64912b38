module recovery.nephio.io/test/servers/capi-v1beta2

go 1.26.0

require sigs.k8s.io/cluster-api v1.14.2
