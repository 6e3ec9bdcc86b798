"""Makes `tests/files/programs`: a small export of each program that shops really come from.

`python tests/make_programs.py` writes them. The large ones of Square, Shopify and Google are made
by `make_files`. Every number is reserved for fiction. The headers are those of real files; the
aliases of SimpleTexting and EZ Texting are unverified.
"""

from __future__ import annotations

import codecs
from pathlib import Path

FOLDER = Path(__file__).parent / "files" / "programs"

A, B, C, D = (f"+1212555010{n}" for n in (1, 2, 3, 4))
GB = "+447700900123"


def lines(header: str, *rows: str, end: str = "\n") -> str:
    """Return a header and the rows under it, each with its line end."""
    return "".join(f"{row}{end}" for row in (header, *rows))


OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,"
    "Home Phone,Business Phone,Mobile Phone,Primary Phone,Pager,Home Fax,TTY/TDD Phone,"
    "Assistant's Phone,Company,Birthday,Notes"
)
MAILCHIMP = (
    "Email Address,First Name,Last Name,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,"
    "CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,"
    "LEID,EUID,NOTES,TAGS"
)
TWILIO = (
    "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,"
    "PriceUnit"
)

TEXTS: dict[str, str] = {
    "mailchimp.csv": lines(
        MAILCHIMP,
        f"ana@example.com,Ana,Reyes,{A},,2,2024-03-09 10:00:00,203.0.113.1,2024-03-09 10:01:00,"
        "203.0.113.1,40.7,-74,-5,-4,America/New_York,US,NY,2024-03-09 10:01:00,1,e1,likes peonies,"
        '"""VIP"",""Blog"""',
        f'bo@example.com,Bo,Lind,{B},,2,,,,,,,,,,,,,2,e2,,"""VIP"""',
        "cy@example.com,Cy,Moss,,,2,,,,,,,,,,,,,3,e3,,",
    ),
    "mailchimp-unsubscribed.csv": lines(
        f"{MAILCHIMP},UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,"
        "UNSUB_REASON_OTHER",
        f"ana@example.com,Ana,Reyes,{A},,2,,,,,,,,,,,,,1,e1,,,2025-01-02 08:00:00,May,c1,NORMAL,",
    ),
    "klaviyo.csv": lines(
        "Email,Phone Number,First Name,Last Name,Klaviyo ID,SMS Marketing Consent",
        f"ana@example.com,{A},Ana,Reyes,K1,SUBSCRIBED",
        f"bo@example.com,{GB},Bo,Lind,K2,UNSUBSCRIBED",
        ",,Cy,Moss,K3,NEVER_SUBSCRIBED",
    ),
    "httpsms.csv": lines(
        "FromPhoneNumber,ToPhoneNumber,Content,SendTime(optional),AttachmentURLs(optional)",
        "12125550199,12125550101,Your order is ready,,",
        "12125550199,12125550102,Your order is ready,2026-01-02T10:00:00,",
    ),
    "textbee.csv": lines(
        "name,phone,order_id,total", f"Ana Reyes,{A},7001,12.50", f"Bo Lind,{B},7002,8"
    ),
    "spoke.csv": lines(
        "firstName,lastName,cell,zip,external_id",
        "Ana,Reyes,(212) 555-0101,10001,x1",
        "Bo,Lind,2125550102,,x2",
        "Cy,Moss,cell,,x3",
    ),
    "spoke-aliases.csv": lines(
        "givenname,surname,cellphone,postalcode",
        "Ana,Reyes,212-555-0101,10001",
        "Bo,Lind,212-555-0102,",
    ),
    "rumbleup.csv": lines(
        "phone,first_name,last_name,email,url,icon,source,notes,question,custom1,custom2",
        f"{A},Ana,Reyes,ana@example.com,,,door,likes peonies,,x,y",
        f"{B},Bo,Lind,,,,,,,,",
    ),
    "textflow.csv": (
        f"{A},Ana,Reyes,ana@example.com,Fern & Finch,weekly\n{B},Bo,Lind,bo@example.com,,\n"
    ),
    "systeme-io.csv": lines(
        "Email,First name,Surname,Phone number,Country,Tags,Date registered",
        f'ana@example.com,Ana,Reyes,{A},US,"vip,weekly",2024-03-09',
        f"bo@example.com,Bo,Lind,{GB},GB,,2024-03-10",
    ),
    "simpletexting.csv": lines(
        "Contact Phone,First name,Last name,Email,Birthday,Note,Lists,Opt-in date,Opted out,Status",
        "2125550101,Ana,Reyes,ana@example.com,1985-03-09,likes peonies,VIP,2024-03-09,no,active",
        "2125550102,Bo,Lind,,,,VIP,2024-03-09,yes,unsubscribed",
    ),
    "eztexting.csv": lines(
        "PhoneNumber,FirstName,LastName,Email,Notes,Groups,Unsubscribed",
        "2125550101,Ana,Reyes,,likes peonies,weekly,",
        "2125550102,Bo,Lind,,,,1",
    ),
    "shopify-oldest.csv": lines(
        "First Name,Last Name,Email,Company,Address1,City,Province,Province Code,Country,"
        "Country Code,Zip,Phone,Accepts Marketing,Total Spent,Orders Count,Tags,Note,Tax Exempt",
        f"Ana,Reyes,ana@example.com,,,New York,New York,NY,United States,US,10001,'{A},yes,12.50,1,"
        '"vip, weekly",likes peonies,no',
        f"Bo,Lind,bo@example.com,,,,,,,,,'{B},no,0,0,,,no",
    ),
    "google-localised.csv": lines(
        "First Name,Last Name,Organisation name,Birthday,Notes,Labels,Email 1 - Label,"
        "Email 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,"
        "Address 1 - Postcode,Address 1 - PO box",
        f"Ivy,Hart,,,,* myContacts,* Home,ivy@example.com,* Mobile,{GB},Work,+442079460123,,",
        "Joe,Hart,,,,* myContacts ::: Weekly,,,* Mobile,,Work,,,",
    ),
    "square-template.csv": lines(
        "Reference ID,First Name,Last Name,Email Address,Phone Number,Square Customer ID,"
        "Creation Source,Birthday,Email Subscription Status,Instant Profile",
        f"r1,Ana,Reyes,ana@example.com,{A},SQ1,Directory,03-09,Subscribed,No",
        f"r2,Bo,Lind,bo@example.com,{B},SQ2,Directory,1985-03-09,Unsubscribed,No",
        f"r3,Cy,Moss,cy@example.com,{C},SQ3,Directory,03-09-1985,Unknown,No",
        "r4,,,,,SQ4,Instant Profile,,,Yes",
    ),
    "twilio-log.csv": lines(
        TWILIO,
        f"{A},+12125550199,STOP,received,2026-01-02,2010-04-01,1,,AC1,SM1,inbound,,USD",
        f"+12125550199,{B},Hello,failed,2026-01-02,2010-04-01,1,21610,AC1,SM2,outbound-api,,USD",
        f"{C},+12125550199,thanks!,received,2026-01-02,2010-04-01,1,,AC1,SM3,inbound,,USD",
        f"+12125550199,{D},Hello,delivered,2026-01-02,2010-04-01,1,,AC1,SM4,outbound-api,,USD",
    ),
}

BYTES: dict[str, bytes] = {
    "outlook.csv": lines(
        OUTLOOK,
        f"José,,Núñez,,,,,,jose@example.com,212-555-0109,,{A},,2125550190,2125550191,,,,0/0/00,",
        f"Bo,,Lind,,,,,,,,,,{B},,,,2125550192,,3/9/1985,ring twice",
        ",,,,,,,,,,,,,,2125550193,,2125550194,Crème & Co,,",
        end="\r\n",
    ).encode("cp1252"),
    "outlook-german.csv": lines(
        "Anrede,Vorname,Nachname,Firma,E-Mail-Adresse,Mobiltelefon,Notizen",
        f"Herr,Jörg,Müller,,joerg@example.com,{A},mag Pfingstrosen",
        f"Frau,Zoë,Groß,,,{B},",
        end="\r\n",
    ).encode("cp1252"),
    "klaviyo-excel.csv": codecs.BOM_UTF8
    + lines(
        "Email;Phone Number;Country;First Name;Klaviyo ID",
        "ana@example.com;(212) 555-0101;US;Ana;K1",
        "ivy@example.com;+447700900123;GB;Ivy;K2",
    ).encode(),
}

FILES = {name: text.encode() for name, text in TEXTS.items()} | BYTES


def main() -> None:
    """Write all files."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in FILES.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
