using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Read and sign anywhere; publish where it was prepared.</summary>
internal sealed class OfflineSigning(
    IOptions<BentoOptions> options, [Guarded] IReleaseSigner signer, ReleaseSealer seal, FleetPublisher publisher) : IReleaseSigning
{
    public Task<SigningBatch> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Task.FromResult(SigningDirectory.Read(directory, HostNaming.Attributes(options.Value)));
    }

    public async Task<IReadOnlyList<SigningRequest>> SignAsync(
        string directory, IReadOnlyList<SigningRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(requests);
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        var signed = new List<SigningRequest>();
        foreach (var request in requests)
        {
            // Made again, a signature takes the place of the one before.
            var others = request.Signatures.Where(armor => SignedBy.Signer(armor) is not { } other || !keys.Contains(other));
            IReadOnlyList<string> signatures =
            [
                .. others, .. await signer.SignAsync(request.Payload, cancellationToken).ConfigureAwait(false),
            ];
            SigningDirectory.Write(directory, request.Release, request.Payload, signatures);
            signed.Add(new SigningRequest
            {
                Release = request.Release,
                Payload = request.Payload,
                Signatures = signatures,
                Signers = SignedBy.Valid(new ReleaseEnvelope(request.Payload, signatures)),
            });
        }

        return signed;
    }

    public async Task<DeployReport> PublishAsync(string directory, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var batch = SigningDirectory.Read(directory, HostNaming.Attributes(options.Value));
        var terms = await seal.ReadTermsAsync(cancellationToken).ConfigureAwait(false);
        if (!terms.HasKeys)
        {
            throw new SigningException("No key is named that could have signed a release.")
            {
                NextStep = "Name the public halves of the keys in signing.keys.",
            };
        }

        using var run = new DeployRun(
            new HostSelection(HostSelector.All, options.Value), WorkDirectory.Create(new StateDirectories(options)), progress);
        var publication = await publisher.BeginAsync(signs: false, cancellationToken).ConfigureAwait(false);
        await using (publication.ConfigureAwait(false))
        {
            foreach (var problem in batch.Problems)
            {
                run.Fail(problem.Host!.Value, problem.Kind, $"'{problem.Path}': {problem.Message}", new NextStep("Prepare it again.")
                {
                    Verb = NextStepVerb.PrepareForSigning,
                    Host = problem.Host,
                });
            }

            await publication.PublishSignedAsync(run, batch.Requests, terms, cancellationToken).ConfigureAwait(false);
            return run.ToReport();
        }
    }
}
