namespace Bento.Sftp.Wire;

/// <summary>The peer broke the rules of the protocol: nothing that it says afterwards can be understood.</summary>
internal sealed class SftpProtocolException(string message) : Exception(message);
