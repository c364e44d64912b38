module recovery.nephio.io/test/servers/capi

go 1.22.0

require sigs.k8s.io/cluster-api v1.8.4
