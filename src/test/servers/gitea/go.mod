module recovery.nephio.io/test/servers/gitea

go 1.21

require code.gitea.io/gitea v1.19.3
