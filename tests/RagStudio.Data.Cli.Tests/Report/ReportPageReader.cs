using System.Xml;
using System.Xml.Linq;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Reads a page as XML, which it must be.</summary>
internal static class ReportPageReader
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore };

    public static XElement Read(string file)
    {
        using var reader = XmlReader.Create(file, Settings);
        return XElement.Load(reader);
    }

    public static IEnumerable<XElement> All(this XElement page, string name) =>
        page.Descendants().Where(element => element.Name.LocalName == name);

    /// <summary>Returns the text of the section with the given id.</summary>
    public static string Section(this XElement page, string id) =>
        page.All("section").Single(section => (string?)section.Attribute("aria-labelledby") == id).Value;

    /// <summary>Returns the state at the top, in one or two words.</summary>
    public static string Verdict(this XElement page) =>
        page.All("p").Single(element => (string?)element.Attribute("class") == "name").Value;
}
