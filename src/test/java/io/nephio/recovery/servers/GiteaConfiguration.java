package io.nephio.recovery.servers;

import java.nio.file.Path;

/**
 * What a test's Gitea is told: quiet, quick, and alone on this machine.
 *
 * @param page how many items of a list it gives at once
 */
record GiteaConfiguration(
    Path folder, Path binaries, String url, String protocol, int port, int page) {
  String text() {
    return """
        RUN_USER = %1$s
        RUN_MODE = prod
        WORK_PATH = %2$s
        I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
        [server]
        PROTOCOL = %5$s
        CERT_FILE = %2$s/server.crt
        KEY_FILE = %2$s/server.key
        HTTP_ADDR = 127.0.0.1
        HTTP_PORT = %3$d
        DOMAIN = 127.0.0.1
        ROOT_URL = %6$s/
        STATIC_ROOT_PATH = %4$s
        APP_DATA_PATH = %2$s/data
        DISABLE_SSH = true
        OFFLINE_MODE = true
        LFS_START_SERVER = false
        [database]
        DB_TYPE = sqlite3
        PATH = %2$s/gitea.db
        SQLITE_JOURNAL_MODE = WAL
        LOG_SQL = false
        [migrations]
        ALLOW_LOCALNETWORKS = true
        [api]
        MAX_RESPONSE_ITEMS = %7$d
        [repository]
        ROOT = %2$s/repos
        DEFAULT_BRANCH = main
        [security]
        INSTALL_LOCK = true
        SECRET_KEY = not-a-secret
        INTERNAL_TOKEN = not-a-secret-either
        MIN_PASSWORD_LENGTH = 6
        PASSWORD_COMPLEXITY = off
        [oauth2]
        JWT_SECRET = AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        [service]
        DISABLE_REGISTRATION = true
        [indexer]
        ISSUE_INDEXER_TYPE = db
        [picture]
        DISABLE_GRAVATAR = true
        [actions]
        ENABLED = false
        [packages]
        ENABLED = false
        [cron]
        ENABLED = false
        [cron.update_checker]
        ENABLED = false
        [session]
        PROVIDER = memory
        [log]
        MODE = console
        LEVEL = Warn
        ROOT_PATH = %2$s/log
        """
        .formatted(
            System.getProperty("user.name"),
            folder,
            port,
            binaries.resolve("static"),
            protocol,
            url,
            page);
  }
}
