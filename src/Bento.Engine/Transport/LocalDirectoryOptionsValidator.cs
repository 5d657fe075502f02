using Microsoft.Extensions.Options;

namespace Bento.Transport;

/// <summary>The rules that the attributes state; the generator writes the code.</summary>
[OptionsValidator]
internal sealed partial class LocalDirectoryOptionsValidator : IValidateOptions<LocalDirectoryOptions>;
