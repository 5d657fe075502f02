using Microsoft.Extensions.Options;

namespace Bento.Building;

/// <summary>Checks <see cref="NixOptions"/> field by field.</summary>
[OptionsValidator]
internal sealed partial class NixOptionsValidator : IValidateOptions<NixOptions>;
