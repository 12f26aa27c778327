using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RagStudio.Data;

internal sealed class EnumTextConverter<TEnum>()
    : ValueConverter<TEnum, string>(value => Write(value), text => Read(text))
    where TEnum : struct, Enum
{
    public static string Write(TEnum value) => value.ToString().ToLowerInvariant();

    public static TEnum Read(string text) => Enum.Parse<TEnum>(text, ignoreCase: true);
}
