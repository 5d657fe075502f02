using Bento.Protocol;
using Bento.Sftp;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Administration;

/// <summary>Accounts on another machine: nobody can make them over SFTP, so the steps are those of a server that has nothing yet.</summary>
internal sealed class RemoteHostAccounts(IOptions<SftpOptions> options) : IHostAccounts
{
    private readonly SftpOptions _options = options.Value;
    private readonly string _areas = options.Value.Directory ?? "/";

    public string ManualReason => $"accounts cannot be made over SFTP: run this on {_options.Host}, as root";

    public Task<IReadOnlyList<ServerStep>> PlanAsync(HostName host, SshPublicKey key, CancellationToken cancellationToken) =>
        Task.FromResult(AccountSteps.Add(host, key, new AccountFacts(_areas)));

    public Task<IReadOnlyList<ServerStep>> PlanRemovalAsync(HostName host, bool withArea, CancellationToken cancellationToken) =>
        Task.FromResult(
            AccountSteps.Remove(
                host, withArea, new AccountFacts(_areas) { HasUser = true, IsHost = true, Keys = string.Empty, HasArea = true }));

    public Task ApplyAsync(IReadOnlyList<ServerStep> steps, CancellationToken cancellationToken) =>
        steps.Count == 0
            ? Task.CompletedTask
            : throw new TransportException(TransportFailure.Denied, $"The server cannot be changed from here: {ManualReason}.");
}
