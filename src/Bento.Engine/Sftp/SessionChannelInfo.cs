using Renci.SshNet.Messages.Connection;

namespace Bento.Sftp;

/// <summary>The kind of channel that a subsystem runs on (RFC 4254, 6.1).</summary>
internal sealed class SessionChannelInfo : ChannelOpenInfo
{
    public override string ChannelType => "session";
}
