using System.Management.Automation;
using System.Text.Json;

namespace LabEdge.Tests.Device;

/// <summary>What flash.ps1 needs of PowerShell's own command: an array of objects whose values are texts, whole numbers, null or lists of texts, one PSObject each.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public string InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (JsonElement entry in JsonDocument.Parse(InputObject).RootElement.EnumerateArray())
        {
            PSObject result = new();
            foreach (JsonProperty property in entry.EnumerateObject()) result.Properties.Add(new PSNoteProperty(property.Name, Value(property.Value)));
            WriteObject(result);
        }
    }

    private static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.Null => null,
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.GetString()).ToArray(),
        _ => value.GetString(),
    };
}
