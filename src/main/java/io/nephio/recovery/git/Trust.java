package io.nephio.recovery.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates a Git server may show. */
public final class Trust {
  /** What this Java trusts. */
  public static final Trust SYSTEM = new Trust(null);

  private final TrustManager @Nullable [] managers;

  private Trust(TrustManager @Nullable [] managers) {
    this.managers = managers;
  }

  /**
   * What this Java trusts, and these authorities beside it.
   *
   * @param pem one or more certificates
   * @throws IllegalArgumentException with one line if that is not what it holds
   */
  public static Trust with(String pem) {
    try {
      byte[] bytes = pem.getBytes(StandardCharsets.UTF_8);
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      if (authorities.isEmpty()) {
        throw noCertificate();
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager system) {
          for (X509Certificate known : system.getAcceptedIssuers()) {
            store.setCertificateEntry("system " + store.size(), known);
          }
        }
      }
      for (Certificate authority : authorities) {
        store.setCertificateEntry("given " + store.size(), authority);
      }
      return new Trust(managers(store));
    } catch (GeneralSecurityException | IOException e) {
      throw noCertificate();
    }
  }

  private static IllegalArgumentException noCertificate() {
    return new IllegalArgumentException("it is not a certificate in PEM form");
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Empty for what this Java trusts anyway. */
  Optional<TrustManager[]> managers() {
    return Optional.ofNullable(managers);
  }

  /** The same as a context; empty for what this Java trusts anyway. */
  public Optional<SSLContext> context() {
    return managers()
        .map(
            given -> {
              try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, given, new SecureRandom());
                return context;
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            });
  }
}
