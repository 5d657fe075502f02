namespace Bento.Agents;

/// <summary>Fetched content is not what its release says, or is nothing that may be unpacked.</summary>
internal sealed class ContentException(string message, Exception? innerException = null) : Exception(message, innerException);
