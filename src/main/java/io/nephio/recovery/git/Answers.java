package io.nephio.recovery.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/** Remembers the last HTTP answer of an exchange, which JGit keeps to itself. */
final class Answers implements HttpConnectionFactory {
  private final Trust trust;
  private volatile Last last = Last.NONE;

  record Last(
      int status,
      @Nullable String contentType,
      @Nullable String retryAfter,
      @Nullable String date) {
    static final Last NONE = new Last(0, null, null, null);

    boolean isGit() {
      return contentType != null && contentType.startsWith("application/x-git-");
    }
  }

  Answers(Trust trust) {
    this.trust = trust;
  }

  Last last() {
    return last;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    Noted connection = new Noted(url, proxy);
    if (url.getProtocol().equals("https") && trust.managers().isPresent()) {
      try {
        connection.configure(null, trust.managers().get(), null);
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
    return connection;
  }

  private final class Noted extends JDKHttpConnection {
    Noted(URL url, Proxy proxy) throws IOException {
      super(url, proxy);
    }

    @Override
    public int getResponseCode() throws IOException {
      int status = super.getResponseCode();
      last =
          new Last(status, getContentType(), getHeaderField("Retry-After"), getHeaderField("Date"));
      return status;
    }
  }
}
