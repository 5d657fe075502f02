namespace Bento.Sftp;

internal static class SftpDefaults
{
    public const int Port = 22;

    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan LockRefreshInterval = TimeSpan.FromMinutes(1);

    /// <summary>After this long without a sign of its holder a lock is nobody's.</summary>
    public static readonly TimeSpan LockLease = TimeSpan.FromMinutes(10);
}
