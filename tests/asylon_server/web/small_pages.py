"""The page of somebody on a case, as those who write it use it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from asylon_server.store.cases import reads

HIDDEN = re.compile(r'name="(submission|version|stands)" value="([^"]*)"')


class Page:
    """The page of somebody on a case, and the small pages behind it."""

    def __init__(self, client, case, custody, person="p1"):
        self.client, self.case, self.custody = client, case, custody
        self.address = f"/desk/cases/{case.pk}/people/{person}/"
        self.who = person

    def text(self):
        return self.client.get(self.address).content.decode()

    def at(self, *way):
        return self.address + "".join(f"{each}/" for each in ("told", *way))

    def hidden(self, address):
        return dict(HIDDEN.findall(self.client.get(address).content.decode()))

    def send(self, address, typed, act="keep", **more):
        kept = {**self.hidden(address), **typed, **more}
        return self.client.post(urlsplit(address).path, {**kept, "act": act})

    def add(self, part, typed, **how):
        return self.send(self.at(part), typed, **how)

    def change(self, part, number, typed, **how):
        return self.send(self.at(part, number), typed, **how)

    def take_out(self, part, number, **how):
        return self.send(self.at(part, number, "out"), {}, **how)

    @property
    def person(self):
        _number, file = reads.whole(self.case, custody=self.custody)
        return file.person(self.who)

    @property
    def version(self):
        return reads.whole(self.case, custody=self.custody)[0]
