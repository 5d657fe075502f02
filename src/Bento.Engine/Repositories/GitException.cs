using System.Diagnostics.CodeAnalysis;

namespace Bento.Repositories;

/// <summary>A directory belongs to git, and git does not say what is in it.</summary>
/// <param name="message">Why, and what to do.</param>
/// <param name="innerException">What the system said.</param>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Every caller is in the engine and translates it.")]
internal sealed class GitException(string message, Exception? innerException = null) : Exception(message, innerException);
