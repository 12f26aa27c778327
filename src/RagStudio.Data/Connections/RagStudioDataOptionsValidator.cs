using Microsoft.Extensions.Options;

namespace RagStudio.Data;

// Generated from the attributes, those of the nested settings included.
[OptionsValidator]
internal sealed partial class RagStudioDataOptionsValidator : IValidateOptions<RagStudioDataOptions>;
