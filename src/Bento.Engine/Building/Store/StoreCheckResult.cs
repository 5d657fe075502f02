namespace Bento.Building.Store;

/// <summary>What reading a store again has found.</summary>
/// <param name="Read">How many paths were read.</param>
/// <param name="Removed">How many were damaged, or needed one that was, and are removed.</param>
/// <param name="Left">What is damaged and in use: only a build can repair it.</param>
internal sealed record StoreCheckResult(int Read, int Removed, IReadOnlyCollection<StorePath> Left);
