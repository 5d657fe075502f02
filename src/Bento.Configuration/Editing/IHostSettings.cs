using Bento.Administration;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Configuration.Editing;

/// <summary>
/// Changes which hosts a <c>bento.json</c> names. Comments, order and spaces stay as somebody wrote them; who reads the file meanwhile
/// reads the old one or the new one.
/// </summary>
/// <remarks>
/// A Bento that runs goes on with the settings that it was put together from. Accounts and areas on the server are made and removed by
/// <see cref="IHostAccounts"/>.
/// </remarks>
public interface IHostSettings
{
    /// <summary>Gives a host a key and tags, and an entry where it has none. A key and tags that it has stay.</summary>
    /// <param name="host">The host.</param>
    /// <param name="key">Its public SSH key.</param>
    /// <param name="tags">Its tags.</param>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="InvalidFleetException">The file is missing, or cannot be changed.</exception>
    bool Add(HostName host, SshPublicKey key, IReadOnlyList<string> tags);

    /// <summary>Takes the entry of a host away.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidFleetException">The file is missing, or cannot be changed.</exception>
    bool Remove(HostName host);
}
